package dev.catchment.policy.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Sources as a YAML 1.2 list of maps. Nothing but text, lists and maps is made of it, whatever tags it names; an alias is
 * the very thing it names, not a copy, so that a few lines cannot grow to gigabytes.
 */
final class YamlEntries {
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setMaxAliasesForCollections(Integer.MAX_VALUE)
            .setAllowNonScalarKeys(true)
            .build();
    /** A list of entries with metadata with rules with a list has 5. */
    private static final int DEEPEST = 10;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Map<Node, JsonNode> made = new IdentityHashMap<>();

    private YamlEntries() {}

    /** @throws IllegalArgumentException saying where it cannot be read and why */
    static List<SourceEntry> of(String text) {
        try {
            measure(text);
            Node root = new Compose(SETTINGS)
                    .composeString(text)
                    .orElseThrow(() -> new IllegalArgumentException("it is empty"));
            return new YamlEntries().entries(root);
        } catch (MarkedYamlEngineException e) {
            throw new IllegalArgumentException("line %d: %s"
                    .formatted(e.getProblemMark().map(Mark::getLine).orElse(0) + 1, e.getProblem()));
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    /** Before it is composed, which goes down by calls: what is too deep would end the stack. */
    private static void measure(String text) {
        int depth = 0;
        for (Event event : new Parse(SETTINGS).parseString(text)) {
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > DEEPEST) {
                int line = event.getStartMark().map(Mark::getLine).orElse(0) + 1;
                throw new IllegalArgumentException("line %d: lists and maps are nested too deeply".formatted(line));
            }
        }
    }

    private List<SourceEntry> entries(Node root) {
        if (!(root instanceof SequenceNode list)) {
            throw new IllegalArgumentException("it must be a list: each source begins with '- name: ...'");
        }
        List<SourceEntry> entries = new ArrayList<>();
        for (Node item : list.getValue()) {
            if (!(item instanceof MappingNode)) {
                throw new IllegalArgumentException("line %d: a source is a map of fields".formatted(line(item)));
            }
            entries.add(new SourceEntry(entries.size() + 1, line(item), (ObjectNode) json(item)));
        }
        return entries;
    }

    private JsonNode json(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getTag().equals(Tag.NULL) ? JSON.nullNode() : JSON.textNode(scalar.getValue());
        }
        if (node.isRecursive()) {
            throw new IllegalArgumentException("line %d: an alias that holds itself".formatted(line(node)));
        }
        JsonNode known = made.get(node);
        if (known == null) {
            known = node instanceof MappingNode map ? object(map) : array((SequenceNode) node);
            made.put(node, known);
        }
        return known;
    }

    private ArrayNode array(SequenceNode list) {
        ArrayNode array = JSON.arrayNode();
        list.getValue().forEach(item -> array.add(json(item)));
        return array;
    }

    private ObjectNode object(MappingNode map) {
        ObjectNode object = JSON.objectNode();
        for (NodeTuple pair : map.getValue()) {
            if (!(pair.getKeyNode() instanceof ScalarNode key)) {
                throw new IllegalArgumentException("line %d: a field has a name".formatted(line(pair.getKeyNode())));
            }
            if (object.has(key.getValue())) {
                throw new IllegalArgumentException(
                        "line %d: the field %s is given twice".formatted(line(key), key.getValue()));
            }
            object.set(key.getValue(), json(pair.getValueNode()));
        }
        return object;
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
