package dev.catchment.flow;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** Reads the bytes of one record into a tree that PostgreSQL can store, or says why it cannot. */
public final class RecordParser {

    /** One mapper for all: it keeps the table of field names, which every record shares. */
    private static final ObjectMapper MAPPER = JsonMapper.builder(factory())
            .nodeFactory(new StorableNumbers())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final ObjectReader TREE = MAPPER.readerFor(JsonNode.class);

    private RecordParser() {}

    /**
     * A tree takes a hundred bytes for each {@code {},}: a record of 30 MB, or 30 kB packed, would fill the heap. Real
     * records have some thousands of values, 4,299 at the most of those recorded.
     */
    private static final long MOST_TOKENS = 500_000;

    /** How long text may be is bounded by how large a record may be, which is a setting: Jackson's own limit is less. */
    private static JsonFactory factory() {
        StreamReadConstraints unbounded = StreamReadConstraints.builder()
                .maxStringLength(Integer.MAX_VALUE)
                .maxNameLength(Integer.MAX_VALUE)
                .maxTokenCount(MOST_TOKENS)
                .build();
        return JsonFactory.builder().streamReadConstraints(unbounded).build();
    }

    /** The record, an object. Throws {@code nul-character}, {@code bad-unicode}, {@code not-json}, {@code wrong-type}. */
    public static JsonNode parse(byte[] bytes, int offset, int length) throws BadRecord {
        StorableText.check(bytes, offset, length);
        try (JsonParser parser = MAPPER.getFactory().createParser(bytes, offset, length)) {
            return object(parser);
        } catch (JsonProcessingException e) {
            throw new BadRecord(
                    BadRecord.NOT_JSON,
                    "The record is not a complete JSON value ("
                            + BadRecord.quote(String.valueOf(e.getOriginalMessage())) + "); it is rejected.");
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory failed", e);
        }
    }

    private static JsonNode object(JsonParser parser) throws IOException, BadRecord {
        try {
            JsonNode node = TREE.readValue(parser);
            if (node == null || parser.nextToken() != null) {
                throw new BadRecord(
                        BadRecord.NOT_JSON, "The record is empty or more than one JSON value; it is rejected.");
            }
            if (!node.isObject()) {
                throw wrongType("The record", "an object", node);
            }
            return node;
        } catch (StreamConstraintsException beyond) {
            // of what Jackson bounds only these are left
            throw outOfRange(
                    parser.getParsingContext().pathAsPointer().toString(),
                    "it is nested deeper than 1,000 levels, has more than 500,000 values or a number of 1,000 digits");
        } catch (StorableNumbers.OutOfRange | NumberFormatException | ArithmeticException e) {
            // Jackson lets the last two of an absurd exponent through as they are.
            throw outOfRange(parser.getParsingContext().pathAsPointer().toString(), e.getMessage());
        }
    }

    private static BadRecord outOfRange(String place, String why) {
        String text = "The value at %s is outside what can be stored: %s; the record is rejected.";
        return new BadRecord(BadRecord.WRONG_TYPE, text.formatted(BadRecord.quote(place), BadRecord.quote(why)));
    }

    /** A {@code wrong-type} that says which field, what it should be and what was found. */
    public static BadRecord wrongType(String field, String expected, JsonNode found) {
        String text = found.isValueNode() && !found.isNull() ? " " + BadRecord.quote(found.asText()) : "";
        String type = found.getNodeType() == JsonNodeType.MISSING
                ? "nothing"
                : found.getNodeType().name().toLowerCase(Locale.ROOT);
        return new BadRecord(
                BadRecord.WRONG_TYPE,
                field + " should be " + expected + ", found " + type + text + "; the record is rejected.");
    }

    /** The text at a JSON pointer of a record that may be broken elsewhere; null where it cannot be read. */
    public static String findText(String pointer, byte[] bytes, int offset, int length) {
        try (JsonParser parser = MAPPER.getFactory().createParser(bytes, offset, length)) {
            for (JsonToken t = parser.nextToken(); t != null; t = parser.nextToken()) {
                if (t == JsonToken.VALUE_STRING
                        && parser.getParsingContext().pathAsPointer().toString().equals(pointer)) {
                    return storable(parser.getText());
                }
            }
            return null;
        } catch (IOException broken) {
            return null;
        }
    }

    private static String storable(String id) {
        boolean plain = !id.isBlank() && id.length() <= 64 && id.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
        return plain ? id.strip() : null;
    }
}
