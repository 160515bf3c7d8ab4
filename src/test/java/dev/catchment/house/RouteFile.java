package dev.catchment.house;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** One file under routes/, read as YAML. @param file from the root @param tree its list of things */
record RouteFile(String file, String text, JsonNode tree) {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    private static List<RouteFile> all;

    /** One route of it. */
    record Route(String file, JsonNode node) {
        String id() {
            return node.path("id").asText();
        }

        String description() {
            return node.path("description").asText();
        }

        String group() {
            return node.path("group").asText();
        }

        String configuration() {
            return node.path("routeConfigurationId").asText();
        }

        String from() {
            return node.path("from").path("uri").asText();
        }

        @Override
        public String toString() {
            return file + "#" + id();
        }
    }

    /** Read once: each route that is made of a template asks for them. */
    static synchronized List<RouteFile> all() {
        if (all == null) {
            all = Tree.files("routes", ".yaml").stream().map(RouteFile::read).toList();
        }
        return all;
    }

    static List<Route> routes() {
        return all().stream().flatMap(file -> file.own().stream()).toList();
    }

    private static RouteFile read(String file) {
        String text = Tree.text(file);
        try {
            return new RouteFile(file, text, YAML.readTree(text));
        } catch (IOException e) {
            throw new UncheckedIOException(file, e);
        }
    }

    String stem() {
        return Tree.stem(file);
    }

    /** Its routes, those that it makes of a template among them. */
    List<Route> own() {
        return Stream.concat(
                        things("route").stream(),
                        things("templatedRoute").stream().map(RouteFile::made))
                .map(node -> new Route(file, node))
                .toList();
    }

    /** A route as Camel makes it of a template. */
    private static JsonNode made(JsonNode wanted) {
        String name = wanted.path("routeTemplateRef").asText();
        JsonNode template = all().stream()
                .flatMap(file -> file.things("routeTemplate").stream())
                .filter(one -> one.path("id").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no template " + name));
        String text = template.path("route").toString();
        for (JsonNode given : wanted.path("parameters")) {
            text = text.replace(
                    "{{" + given.path("name").asText() + "}}",
                    given.path("value").asText());
        }
        for (JsonNode parameter : template.path("parameters")) {
            if (parameter.has("defaultValue")) {
                text = text.replace(
                        "{{" + parameter.path("name").asText() + "}}",
                        parameter.path("defaultValue").asText());
            }
        }
        try {
            ObjectNode route = (ObjectNode) YAML.readTree(text);
            return route.put("id", wanted.path("routeId").asText());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    /** What stands under a word at its top level. */
    List<JsonNode> things(String word) {
        return StreamSupport.stream(tree.spliterator(), false)
                .filter(item -> item.has(word))
                .map(item -> item.get(word))
                .toList();
    }

    /** Gives every pair of key and value of a tree, however deep. */
    static void walk(JsonNode node, BiConsumer<String, JsonNode> visitor) {
        if (node.isArray()) {
            node.forEach(item -> walk(item, visitor));
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            visitor.accept(field.getKey(), field.getValue());
            walk(field.getValue(), visitor);
        }
    }
}
