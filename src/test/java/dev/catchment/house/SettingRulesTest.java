package dev.catchment.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.settings.Setting;
import dev.catchment.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingRulesTest {
    private static final List<Setting> DECLARED = Settings.declared();

    @TempDir
    private Path nowhere;

    @Test
    void every_default_passes_its_own_rule() {
        Settings settings = Settings.load(nowhere, Map.of());
        assertThat(DECLARED)
                .hasSizeGreaterThan(20)
                .allSatisfy(setting -> assertThat(settings.get(setting.key())).isEqualTo(setting.defaultValue()));
    }

    @Test
    void a_key_begins_with_its_room_and_is_there_once() {
        List<String> rooms = new ArrayList<>(Tree.rooms());
        rooms.addAll(List.of("changes", "data", "flow", "kafka", "log", "http", "kinds", "node", "postgres", "reader"));
        assertThat(DECLARED)
                .extracting(Setting::key)
                .doesNotHaveDuplicates()
                .allMatch(key -> key.matches("(" + String.join("|", rooms) + ")(\\.[a-z][a-z-]*)+"));
    }

    @Test
    void a_setting_says_in_a_sentence_what_it_does() {
        assertThat(DECLARED)
                .allSatisfy(setting ->
                        assertThat(setting.description()).as(setting.key()).matches("[A-Z].{10,}\\."));
    }

    @Test
    void every_key_a_route_uses_is_declared() {
        Set<String> known = Settings.load(nowhere, Map.of()).forRoutes().stringPropertyNames();
        assertThat(usedByRoutes())
                .hasSizeGreaterThan(10)
                .allSatisfy(key -> assertThat(known).contains(key));
    }

    /** Those of the database are read by its own program: of the nodes, all are settings of ours, or secrets. */
    @Test
    void the_files_for_containers_give_nodes_settings_that_exist_with_values_that_are_allowed() throws IOException {
        Map<String, String> given = new HashMap<>();
        List<JsonNode> documents = new ArrayList<>();
        for (String file : List.of("ops/compose.yaml", "ops/kubernetes.yaml")) {
            documents.addAll(ContainerFilesTest.documents(file));
        }
        for (JsonNode document : documents) {
            document.path("x-node")
                    .path("environment")
                    .properties()
                    .forEach(one -> given.put(one.getKey(), one.getValue().asText()));
            document.path("services").forEach(service -> {
                if (service.has("<<") || service.path("environment").has("NODE_ROOMS")) {
                    given.put(
                            "NODE_ROOMS",
                            service.path("environment").path("NODE_ROOMS").asText());
                }
            });
            document.path("data")
                    .properties()
                    .forEach(one -> given.put(one.getKey(), one.getValue().asText()));
            document.findValues("env")
                    .forEach(env -> env.forEach(one -> given.put(
                            one.path("name").asText(), one.path("value").asText())));
        }
        assertThat(given).containsKeys("DATABASE_URL", "DATABASE_READ_URL", "NODE_ROOMS", "WEB_HOST");
        given.keySet().removeAll(List.of("DATABASE_URL", "DATABASE_READ_URL"));
        Map<String, String> keys = DECLARED.stream()
                .collect(Collectors.toMap(
                        setting -> setting.key().toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"), Setting::key));
        assertThat(keys).containsKeys(given.keySet().toArray(String[]::new));
        Settings settings = Settings.load(nowhere, given);
        given.forEach((variable, value) ->
                assertThat(settings.get(keys.get(variable))).isEqualTo(value));
    }

    @Test
    void the_image_is_built_from_all_that_the_jar_has() throws IOException {
        List<String> letIn = Files.readAllLines(Path.of(".dockerignore"));
        String resources =
                Files.readString(Path.of("pom.xml")).replaceAll("(?s).*?<resources>(.*?)</resources>.*", "$1");
        assertThat(Pattern.compile("<directory>(?!\\.<)(.*?)</directory>")
                        .matcher(resources)
                        .results())
                .hasSizeGreaterThan(2)
                .allSatisfy(found -> assertThat(letIn)
                        .anyMatch(line -> line.startsWith("!") && found.group(1).startsWith(line.substring(1))));
    }

    /** What RouteProperties makes of a value. */
    private static final String FORMS = "[.](milliseconds|bytes|path|open)";

    @Test
    void every_declared_key_is_used() {
        Set<String> used = usedByRoutes();
        for (String file : Tree.files("src/main/java", ".java")) {
            quoted(Tree.text(file)).forEach(used::add);
        }
        assertThat(DECLARED)
                .extracting(Setting::key)
                .allSatisfy(key -> assertThat(used)
                        .anyMatch(name -> name.equals(key) || name.matches(Pattern.quote(key) + FORMS)));
    }

    @Test
    void no_secret_is_a_setting() {
        assertThat(Tree.text("application.properties").lines().filter(line -> !line.startsWith("#")))
                .isNotEmpty()
                .noneMatch(line -> line.matches("(?i).*(password|secret|token|database.url).*"));
    }

    /** A key has a dot; what has none is a parameter of a route template. */
    private static Set<String> usedByRoutes() {
        return Tree.files("routes", ".yaml").stream()
                .flatMap(file -> Pattern.compile("\\{\\{([^}.]+[.][^}]+)}}")
                        .matcher(Tree.text(file))
                        .results())
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> quoted(String java) {
        return Pattern.compile("\"([a-z][a-z.-]+)\"")
                .matcher(java)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }
}
