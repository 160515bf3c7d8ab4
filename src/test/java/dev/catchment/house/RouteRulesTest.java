package dev.catchment.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.house.RouteFile.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RouteRulesTest {
    private static final List<RouteFile> FILES = RouteFile.all();
    private static final List<Route> ROUTES = RouteFile.routes();

    @Test
    void a_file_opens_with_what_comes_in_what_goes_out_and_what_happens_on_failure() {
        assertThat(FILES)
                .hasSizeGreaterThan(5)
                .allSatisfy(file -> assertThat(file.text())
                        .as(file.file())
                        .matches("(?s)# In: \\S[^\n]*\\.\n# Out: \\S[^\n]*\\.\n# On failure: \\S[^\n]*\\.\n- .*"));
    }

    @Test
    void a_file_is_named_for_its_room_and_lies_flat() {
        assertThat(FILES)
                .allSatisfy(file -> assertThat(file.file())
                        .matches(
                                "routes/(shared/(beans|claims|errors|cleanup|http|http-door|inbox|mail|run|timer|walk(-[a-z]+)?)|("
                                        + String.join("|", Tree.rooms()) + ")(-[a-z]+)+)\\.camel\\.yaml"));
    }

    @Test
    void the_ids_of_a_file_are_its_stem_or_extend_it() {
        assertThat(ROUTES).hasSizeGreaterThan(10).allSatisfy(route -> {
            String stem = Tree.stem(route.file());
            assertThat(route.id()).as(route.file()).matches(stem + "(-[a-z]+)*");
        });
    }

    @Test
    void an_id_is_there_once() {
        assertThat(ROUTES).extracting(Route::id).doesNotHaveDuplicates();
    }

    @Test
    void a_description_is_a_sentence_with_a_verb() {
        assertThat(ROUTES)
                .allSatisfy(route ->
                        assertThat(route.description()).as(route.toString()).matches("[A-Z][a-z]+s\\b.*[^.]\\."));
    }

    @Test
    void a_group_is_the_room() {
        assertThat(ROUTES)
                .allSatisfy(route -> assertThat(route.group())
                        .as(route.toString())
                        .isEqualTo(route.id().split("-")[0]));
    }

    @Test
    void a_route_names_an_error_configuration_that_exists_and_each_is_named() {
        Set<String> configurations = FILES.stream()
                .flatMap(file -> file.things("routeConfiguration").stream())
                .map(node -> node.path("id").asText())
                .collect(Collectors.toSet());
        assertThat(configurations).isNotEmpty().allMatch(id -> id.startsWith("errors-"));
        assertThat(ROUTES).extracting(Route::configuration).allMatch(configurations::contains);
        assertThat(ROUTES).extracting(Route::configuration).containsAll(configurations);
    }

    @Test
    void failures_are_configured_in_one_file() {
        assertThat(FILES)
                .filteredOn(file -> !file.things("routeConfiguration").isEmpty()
                        || file.text().contains("onException:"))
                .extracting(RouteFile::file)
                .containsExactly("routes/shared/errors.camel.yaml");
    }

    @Test
    void an_inner_endpoint_is_the_id_of_the_route_it_starts() {
        Set<String> ids = ROUTES.stream().map(Route::id).collect(Collectors.toSet());
        assertThat(ROUTES)
                .filteredOn(route -> isInner(route.from()))
                .isNotEmpty()
                .allSatisfy(
                        route -> assertThat(route.from()).as(route.toString()).endsWith(":" + route.id()));
        assertThat(inner()).hasSizeGreaterThan(10).allMatch(uri -> ids.contains(name(uri)));
    }

    @Test
    void no_route_waits_for_a_call_that_never_comes() {
        Set<String> called = new HashSet<>(inner());
        // What a path leads to, and what a route of a template is given.
        FILES.forEach(file -> RouteFile.walk(file.tree(), (key, value) -> {
            if ((key.equals("to") || key.equals("value")) && isInner(value.asText())) {
                called.add(value.asText());
            }
        }));
        for (String source : Tree.files("src/main/java", ".java")) {
            String java = Tree.text(source);
            ROUTES.stream()
                    .filter(route -> java.contains("\"" + route.id() + "\"")
                            || java.contains("\"" + route.from() + "\"")
                            // A tool, whose route is named for it.
                            || java.contains("\"" + route.id().replaceFirst("^(mcp-tool-).*", "$1") + "\""))
                    .forEach(route -> called.add(route.from()));
        }
        // What a bean asks is a value that it is made with.
        ROUTES.stream()
                .filter(route -> FILES.stream().anyMatch(file -> file.text().contains("1: " + route.id() + "\n")))
                .forEach(route -> called.add(route.from()));
        assertThat(ROUTES)
                .filteredOn(route -> isInner(route.from()))
                .extracting(Route::from)
                .allMatch(called::contains);
    }

    @Test
    void there_is_one_door_to_the_network() {
        List<String> out = new ArrayList<>();
        FILES.forEach(file -> RouteFile.walk(file.tree(), (key, value) -> {
            if (key.equals("uri") && value.asText().matches("(https?|netty-http|vertx-http|undertow|rest):.*")) {
                out.add(file.file());
            }
        }));
        assertThat(out).containsExactly("routes/shared/http-door.camel.yaml");
    }

    private static Set<String> inner() {
        Set<String> uris = new HashSet<>();
        for (Route route : ROUTES) {
            RouteFile.walk(route.node().path("from").path("steps"), (key, value) -> addInner(uris, key, value));
        }
        FILES.forEach(file -> file.things("rest")
                .forEach(rest -> RouteFile.walk(rest, (key, value) -> {
                    if (key.equals("to") && isInner(value.asText())) {
                        uris.add(value.asText());
                    }
                })));
        return uris;
    }

    private static void addInner(Set<String> uris, String key, JsonNode value) {
        if (key.equals("uri") && isInner(value.asText())) {
            uris.add(value.asText());
        }
    }

    private static boolean isInner(String uri) {
        return uri.matches("(direct|seda):.*");
    }

    private static String name(String uri) {
        return uri.substring(uri.indexOf(':') + 1);
    }
}
