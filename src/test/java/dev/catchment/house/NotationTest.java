package dev.catchment.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NotationTest {
    private static final List<RouteFile> FILES = RouteFile.all();
    private static final Set<String> ENDPOINTS = Set.of("from", "to", "toD", "wireTap", "enrich", "pollEnrich", "poll");
    private static final Set<String> LANGUAGES =
            Set.of("simple", "constant", "jq", "jsonpath", "xpath", "header", "exchangeProperty", "groovy", "tokenize");
    private static final Pattern REFERENCE = Pattern.compile("#(?:bean:)?([a-z]\\w*)|bean:([a-z]\\w*)\\?");

    @Test
    void a_file_holds_nothing_that_camels_own_schema_does_not_know() throws IOException {
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4).getSchema(camelYamlDsl());
        ObjectMapper json = new ObjectMapper();
        List<String> wrong = new ArrayList<>();
        for (RouteFile file : FILES) {
            schema.validate(json.writeValueAsString(file.tree()), InputFormat.JSON).stream()
                    .filter(error ->
                            !error.getInstanceNode().asText().startsWith("{{")) // what it becomes, Camel checks
                    .forEach(error -> wrong.add(file.file() + ": " + error));
        }
        assertThat(wrong).isEmpty();
    }

    private static String camelYamlDsl() throws IOException {
        try (InputStream schema = NotationTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            String text = new String(schema.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).contains("\"throttle\"", "\"routeConfigurationId\"");
            return text;
        }
    }

    @Test
    void what_stands_at_the_top_is_a_route_a_bean_or_a_configuration() {
        assertThat(FILES)
                .allSatisfy(file -> assertThat(file.tree())
                        .as(file.file())
                        .isNotEmpty()
                        .allSatisfy(item -> assertThat(item.properties())
                                .singleElement()
                                .satisfies(field -> assertThat(field.getKey())
                                        .isIn(
                                                "route",
                                                "beans",
                                                "routeConfiguration",
                                                "routeTemplate",
                                                "templatedRoute",
                                                "rest",
                                                "restConfiguration"))));
    }

    @Test
    void an_endpoint_is_a_uri_with_its_parameters_apart() {
        assertThat(values(ENDPOINTS)).hasSizeGreaterThan(20).allSatisfy(endpoint -> {
            assertThat(endpoint.node().isObject()).as(endpoint.toString()).isTrue();
            assertThat(endpoint.node().path("uri").asText())
                    .as(endpoint.toString())
                    .isNotBlank()
                    .doesNotContain("?");
        });
    }

    @Test
    void an_expression_is_written_out() {
        assertThat(values(LANGUAGES))
                .hasSizeGreaterThan(20)
                .allSatisfy(language -> assertThat(
                                language.node().path("expression").isTextual())
                        .as(language.toString())
                        .isTrue());
    }

    @Test
    void a_step_is_written_out() {
        assertThat(values(Set.of("log", "bean", "setBody", "setHeader", "setProperty", "removeHeaders", "script")))
                .hasSizeGreaterThan(20)
                .allSatisfy(step ->
                        assertThat(step.node().isObject()).as(step.toString()).isTrue());
    }

    @Test
    void every_bean_a_route_names_is_made_somewhere() {
        List<String> made = new ArrayList<>();
        FILES.forEach(file -> file.things("beans")
                .forEach(beans ->
                        beans.forEach(bean -> made.add(bean.path("name").asText()))));
        Matcher bound = Pattern.compile("main\\.bind\\(\"(\\w+)\"")
                .matcher(Tree.text("src/main/java/dev/catchment/cli/session/Service.java"));
        while (bound.find()) {
            made.add(bound.group(1));
        }
        assertThat(made).contains("httpDoor", "statement").doesNotHaveDuplicates();
        assertThat(named())
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(made).contains(name));
    }

    private static List<String> named() {
        List<String> names = new ArrayList<>();
        FILES.forEach(file -> RouteFile.walk(file.tree(), (key, value) -> addNamed(names, key, value)));
        names.removeIf(name -> name.startsWith("{{")); // a template: named by what is made of it
        RouteFile.routes().forEach(route -> RouteFile.walk(route.node(), (key, value) -> addNamed(names, key, value)));
        return names;
    }

    private static void addNamed(List<String> names, String key, JsonNode value) {
        if (key.equals("ref") || key.endsWith("Ref") && !key.equals("routeTemplateRef")) {
            names.add(value.asText());
        }
        Matcher reference = REFERENCE.matcher(value.isTextual() ? value.asText() : "");
        while (reference.find()) {
            names.add(reference.group(1) == null ? reference.group(2) : reference.group(1));
        }
    }

    private record Value(String file, String key, JsonNode node) {
        @Override
        public String toString() {
            return file + ": " + key + ": " + node;
        }
    }

    private static List<Value> values(Set<String> keys) {
        List<Value> values = new ArrayList<>();
        FILES.forEach(file -> RouteFile.walk(file.tree(), (key, value) -> {
            boolean parameter = value.isValueNode() && key.equals("header"); // setHeader has none, splits may
            boolean isOfRest = value.isValueNode() && key.equals("to"); // the REST DSL knows no other form
            if (keys.contains(key) && !parameter && !isOfRest) {
                values.add(new Value(file.file(), key, value));
            }
        }));
        return values;
    }
}
