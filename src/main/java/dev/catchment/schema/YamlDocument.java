package dev.catchment.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.IdentityHashMap;
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
 * A document of YAML 1.2, and so of JSON. Nothing but scalars, lists and maps is made of it, whatever tags it names; an alias
 * is the very thing it names, not a copy, so that a few lines cannot grow to gigabytes.
 *
 * @param root whose scalars say, as text, what was written: a number in another spelling than JSON's stays text
 * @param lines of nodes, by identity
 */
public record YamlDocument(JsonNode root, Map<JsonNode, Integer> lines) {
    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setMaxAliasesForCollections(Integer.MAX_VALUE)
            .setAllowNonScalarKeys(true)
            .build();
    /** What people write by hand is not deeper. */
    private static final int DEEPEST = 10;
    /** Whoever goes through it, such as a validator that compares lists, goes through what an alias names each time. */
    private static final long MOST_VALUES = 1_000_000;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** @throws IllegalArgumentException saying where it cannot be read and why */
    public static YamlDocument of(String text) {
        try {
            measure(text);
            Node root = new Compose(SETTINGS)
                    .composeString(text)
                    .orElseThrow(() -> new IllegalArgumentException("it is empty"));
            Reading reading = new Reading();
            return new YamlDocument(reading.json(root), reading.lines);
        } catch (MarkedYamlEngineException e) {
            throw new IllegalArgumentException("line %d: %s"
                    .formatted(e.getProblemMark().map(Mark::getLine).orElse(0) + 1, e.getProblem()));
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    /** On which a node begins; of a boolean, which is one wherever it stands, the last. */
    public int line(JsonNode node) {
        return lines.get(node);
    }

    /** A scalar without quotes: a boolean, or a number as JSON spells it; anything else is text. */
    public static JsonNode scalar(String written) {
        if (written.equals("true") || written.equals("false")) {
            return JSON.booleanNode(written.equals("true"));
        }
        if (written.matches("-?\\d{1,18}(\\.\\d{1,18})?")) {
            BigDecimal number = new BigDecimal(written);
            return number.toString().equals(written) ? JSON.numberNode(number) : JSON.textNode(written);
        }
        return JSON.textNode(written);
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

    private static final class Reading {
        private final Map<Node, JsonNode> made = new IdentityHashMap<>();
        private final Map<JsonNode, Integer> lines = new IdentityHashMap<>();
        private final Map<JsonNode, Long> values = new IdentityHashMap<>();

        private JsonNode json(Node node) {
            if (node.isRecursive()) {
                throw new IllegalArgumentException("line %d: an alias that holds itself".formatted(line(node)));
            }
            JsonNode known = made.get(node);
            if (known == null) {
                known = node instanceof MappingNode map
                        ? object(map)
                        : node instanceof SequenceNode list ? array(list) : value((ScalarNode) node);
                made.put(node, known);
                lines.put(known, line(node));
                values.put(known, values(node, known));
            }
            return known;
        }

        /** How many there are below, those that an alias stands for counted each time. */
        private long values(Node node, JsonNode known) {
            long below = 1;
            for (JsonNode each : known) {
                below += values.get(each);
            }
            if (below > MOST_VALUES) {
                throw new IllegalArgumentException(
                        "line %d: with what its aliases stand for it holds more than %,d values"
                                .formatted(line(node), MOST_VALUES));
            }
            return below;
        }

        private static JsonNode value(ScalarNode scalar) {
            if (scalar.getTag().equals(Tag.NULL)) {
                return JSON.nullNode();
            }
            return scalar.isPlain() ? YamlDocument.scalar(scalar.getValue()) : JSON.textNode(scalar.getValue());
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
                    throw new IllegalArgumentException(
                            "line %d: a field has a name".formatted(line(pair.getKeyNode())));
                }
                if (object.has(key.getValue())) {
                    throw new IllegalArgumentException(
                            "line %d: the field %s is given twice".formatted(line(key), key.getValue()));
                }
                object.set(key.getValue(), json(pair.getValueNode()));
            }
            return object;
        }
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }
}
