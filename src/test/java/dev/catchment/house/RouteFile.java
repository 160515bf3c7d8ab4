package dev.catchment.house;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.StreamSupport;

/** One file under routes/, read as YAML. @param file from the root @param tree its list of things */
record RouteFile(String file, String text, JsonNode tree) {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

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

    static List<RouteFile> all() {
        return Tree.files("routes", ".yaml").stream().map(RouteFile::read).toList();
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

    /** Its routes. */
    List<Route> own() {
        return things("route").stream().map(node -> new Route(file, node)).toList();
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
