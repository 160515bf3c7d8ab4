package dev.catchment.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.postgres.Database;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.component.bean.BeanInfo;
import org.junit.jupiter.api.Test;

/** Camel looks for a method when it is called; here it is looked for before anybody calls it. */
class CalledMethodsTest {
    private static final Pattern BOUND = Pattern.compile("main\\.bind\\(\"(\\w+)\", new (\\w+)\\(");
    private static final Pattern IN_THE_BODY = Pattern.compile("\\b([A-Z]\\w+)(?: is)? in the body");
    private static final Map<String, Class<?>> OURS = new HashMap<>();

    static {
        for (String file : Tree.files("src/main/java", ".java")) {
            OURS.put(
                    Tree.stem(file), type(file.substring("src/main/java/".length(), file.length() - ".java".length())));
        }
    }

    /** The types of the beans, by name. */
    private final Map<String, Class<?>> beans = new HashMap<>();
    /** What an exchange property may hold: by file and name, as the routes of that file set it. */
    private final Map<String, Map<String, Set<Class<?>>>> properties = new HashMap<>();

    private final Set<String> problems = new TreeSet<>();
    private int seen;

    CalledMethodsTest() {
        beans.put("database", Database.class);
        Matcher bound = BOUND.matcher(Tree.text("src/main/java/dev/catchment/cli/session/Service.java"));
        while (bound.find()) {
            beans.put(bound.group(1), OURS.get(bound.group(2)));
        }
        for (RouteFile file : RouteFile.all()) {
            file.things("beans")
                    .forEach(all -> all.forEach(bean -> beans.put(
                            bean.path("name").asText(), type(bean.path("type").asText()))));
        }
    }

    @Test
    void every_method_that_a_route_names_takes_so_many_arguments() {
        for (int round = 0; round < 4; round++) { // a property may be made of another one
            problems.clear();
            seen = 0;
            RouteFile.routes().forEach(route -> look(route.file(), route.node()));
        }
        assertThat(seen).isGreaterThan(200);
        assertThat(problems).isEmpty();
    }

    @Test
    void the_methods_that_begin_and_end_a_bean_are_there() {
        for (RouteFile file : RouteFile.all()) {
            file.things("beans")
                    .forEach(all -> all.forEach(bean -> Stream.of("initMethod", "destroyMethod")
                            .filter(bean::has)
                            .forEach(when -> call(
                                    type(bean.path("type").asText()),
                                    bean.path(when).asText(),
                                    0,
                                    file.file()))));
        }
        assertThat(seen).isGreaterThan(3);
        assertThat(problems).isEmpty();
    }

    /**
     * Camel lets {@code wanted} stand for {@code isWanted()}. Where a class has a {@code wanted} of its own, it takes the two for one
     * overloaded method if the JVM names the getter first, which differs from process to process, and then calls neither.
     */
    @Test
    void no_getter_is_named_as_another_method_of_its_class_is() {
        Set<String> pairs = new TreeSet<>();
        OURS.values().stream()
                .filter(type -> !type.getPackageName().startsWith("dev.catchment.cli"))
                .forEach(type -> {
                    Set<String> names = Stream.of(type.getDeclaredMethods())
                            .filter(method -> !method.isSynthetic())
                            .map(Method::getName)
                            .collect(Collectors.toSet());
                    Stream.of(type.getDeclaredMethods())
                            .filter(method -> !method.isSynthetic())
                            .filter(method ->
                                    !BeanInfo.getGetterShorthandName(method).equals(method.getName()))
                            .filter(method -> names.contains(BeanInfo.getGetterShorthandName(method)))
                            .forEach(method -> pairs.add(type.getSimpleName() + "." + method.getName()));
                });
        assertThat(OURS).hasSizeGreaterThan(300);
        assertThat(pairs).isEmpty();
    }

    @Test
    void what_is_not_there_is_seen() throws Exception {
        ObjectMapper json = new ObjectMapper();
        look("a.yaml", json.readTree("{\"method\":{\"ref\":\"seeds\",\"method\":\"nothing(${body})\"}}"));
        look("a.yaml", json.readTree("{\"expression\":\"${bean:retryAfter?method=await(1, 2, 3)}\"}"));
        look(
                "a.yaml",
                json.readTree(
                        "{\"setProperty\":{\"name\":\"file\",\"method\":{\"ref\":\"seeds\",\"method\":\"read(${body})\"}}}"));
        look(
                "a.yaml",
                json.readTree("{\"message\":\"${exchangeProperty.file.size} ${exchangeProperty.file.row(1, 2)}\"}"));
        assertThat(problems)
                .containsExactly(
                        "a.yaml: RetryAfter has no public method await with 3 arguments",
                        "a.yaml: SeedFile has no public method row with 2 arguments",
                        "a.yaml: SeedFile has no public method size with 0 arguments",
                        "a.yaml: Seeds has no public method nothing with 1 arguments");
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name.replace('/', '.'));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private void look(String file, JsonNode node) {
        RouteFile.walk(node, (key, value) -> {
            if (key.equals("setProperty")) {
                Class<?> type = value.has("method")
                        ? called(file, value.path("method"))
                        : simple(file, value.path("simple").path("expression").asText());
                if (type != null && type != Object.class) {
                    properties
                            .computeIfAbsent(file, name -> new HashMap<>())
                            .computeIfAbsent(value.path("name").asText(), name -> new LinkedHashSet<>())
                            .add(type);
                }
            } else if ((key.equals("method") || key.equals("bean")) && value.isObject()) {
                called(file, value);
            } else if (value.isTextual() && !key.equals("method")) {
                simple(file, value.asText());
            }
        });
    }

    /** A bean or method step. @return what it gives; null if nobody knows */
    private Class<?> called(String file, JsonNode step) {
        Class<?> type = step.has("ref")
                ? beans.get(step.path("ref").asText())
                : type(step.path("beanType").asText());
        return type == null ? null : call(file, type, step.path("method").asText(), true);
    }

    /** All functions in a text of the simple language. @return what it gives if it is one function; null if nobody knows */
    private Class<?> simple(String file, String text) {
        Class<?> type = null;
        for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", at)) {
            int end = close(text, at + 1);
            Class<?> one = function(file, text.substring(at + 2, end));
            type = at == 0 && end == text.length() - 1 ? one : null;
            at = end;
        }
        return type;
    }

    private Class<?> function(String file, String function) {
        if (function.startsWith("bean:")) {
            String bean = function.substring("bean:".length(), function.indexOf('?'));
            String call = function.substring(function.indexOf("method=") + "method=".length());
            return beans.get(bean) == null ? null : call(file, beans.get(bean), call, true);
        }
        if (function.startsWith("exchangeProperty.")) {
            String path = function.substring("exchangeProperty.".length());
            String name = path.split("[.?\\[]", 2)[0];
            return chain(file, held(file, name), path.substring(name.length()));
        }
        if (function.startsWith("body")) {
            Matcher body = IN_THE_BODY.matcher(
                    Tree.exists(file) ? Tree.text(file).lines().findFirst().orElse("") : "");
            boolean isFirst = body.find() && OURS.containsKey(body.group(1));
            return function.equals("body") && isFirst ? OURS.get(body.group(1)) : arguments(file, function);
        }
        return arguments(file, function);
    }

    /** Looks into what a call of something unknown is called with. */
    private Class<?> arguments(String file, String function) {
        simple(file, function);
        return null;
    }

    /** What a property may hold in a file: what the file sets, else what its room does, else what any does. */
    private Collection<Class<?>> held(String file, String name) {
        String room = Tree.stem(file).split("-")[0];
        Map<String, Set<Class<?>>> own = properties.getOrDefault(file, Map.of());
        if (own.containsKey(name)) {
            return own.get(name);
        }
        Set<Class<?>> inRoom = new LinkedHashSet<>();
        Set<Class<?>> anywhere = new LinkedHashSet<>();
        properties.forEach((other, held) -> {
            anywhere.addAll(held.getOrDefault(name, Set.of()));
            if (Tree.stem(other).split("-")[0].equals(room)) {
                inRoom.addAll(held.getOrDefault(name, Set.of()));
            }
        });
        return inRoom.isEmpty() ? anywhere : inRoom;
    }

    /** Calls one after the other: {@code .a.b(x)?.c}. */
    private Class<?> chain(String file, Collection<Class<?>> types, String calls) {
        if (calls.isEmpty()) {
            return types.size() == 1 ? types.iterator().next() : null;
        }
        String rest = calls.replaceFirst("^\\??\\.", "");
        int end = 0;
        while (end < rest.length() && "?.[".indexOf(rest.charAt(end)) < 0) {
            end = "({".indexOf(rest.charAt(end)) >= 0 ? close(rest, end) + 1 : end + 1;
        }
        String one = rest.substring(0, end);
        if (types.isEmpty() || calls.startsWith("[") || types.stream().anyMatch(Map.class::isAssignableFrom)) {
            return arguments(file, calls);
        }
        Set<Class<?>> given = new LinkedHashSet<>();
        Set<String> before = Set.copyOf(problems);
        for (Class<?> type : types) {
            Class<?> result = call(file, type, one, false);
            if (result != null) {
                given.add(result);
            }
        }
        if (!given.isEmpty()) {
            problems.retainAll(before); // one of those that it may hold has it
        }
        return end == rest.length() ? chain(file, given, "") : chain(file, given, rest.substring(end));
    }

    /** One call, such as {@code name} or {@code name(${body}, 'a')}. @param isBean a bean may be given its arguments by Camel */
    private Class<?> call(String file, Class<?> type, String call, boolean isBean) {
        int open = call.indexOf('(');
        if (open < 0) {
            return isBean ? named(type, call, file) : call(type, call, 0, file);
        }
        String inner = call.substring(open + 1, close(call, open));
        simple(file, inner);
        return call(type, call.substring(0, open), count(inner), file);
    }

    private Class<?> named(Class<?> type, String name, String file) {
        List<Method> methods = methods(type, name);
        return methods.isEmpty() ? call(type, name, 0, file) : methods.get(0).getReturnType();
    }

    private Class<?> call(Class<?> type, String name, int arguments, String file) {
        seen++;
        List<Method> fitting = methods(type, name).stream()
                .filter(method -> method.getParameterCount() == arguments)
                .toList();
        if (fitting.isEmpty()) {
            problems.add("%s: %s has no public method %s with %d arguments"
                    .formatted(file, type.getSimpleName(), name, arguments));
            return null;
        }
        return fitting.get(0).getReturnType();
    }

    private static List<Method> methods(Class<?> type, String name) {
        String capital = name.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + name.substring(1);
        List<Method> found = new ArrayList<>();
        for (Method method : type.getMethods()) {
            boolean isOpen = Modifier.isPublic(method.getDeclaringClass().getModifiers())
                    || Modifier.isPublic(type.getModifiers());
            if (isOpen && Set.of(name, "get" + capital, "is" + capital).contains(method.getName())) {
                found.add(method);
            }
        }
        return found;
    }

    /** Where the bracket ends that opens here. */
    private static int close(String text, int open) {
        int depth = 0;
        for (int at = open; at < text.length(); at++) {
            char c = text.charAt(at);
            depth += c == '(' || c == '{' ? 1 : c == ')' || c == '}' ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        throw new IllegalArgumentException("A bracket is not closed: " + text);
    }

    private static int count(String arguments) {
        if (arguments.isBlank()) {
            return 0;
        }
        int count = 1;
        for (int at = 0; at < arguments.length(); at++) {
            char c = arguments.charAt(at);
            if (c == '(' || c == '{') {
                at = close(arguments, at);
            } else if (c == '\'') {
                at = arguments.indexOf('\'', at + 1);
            } else if (c == ',') {
                count++;
            }
        }
        return count;
    }
}
