package dev.catchment.flow.walk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.catchment.errors.TransientFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an answer of JSON into its records without building any of them: the walk needs the last key at once to ask for the
 * next page, and the records stay the very bytes that came.
 */
public final class PageReader {
    /** Without the parser's own limits: a record that goes beyond them is refused by itself, and not with its page. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000_000)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonPointer records;
    private final JsonPointer total;
    private final JsonPointer key;
    private final JsonPointer updatedAt;

    /**
     * Takes JSON Pointers.
     *
     * @param records the array of records
     * @param total how many there are on all pages together
     * @param key in a record
     * @param updatedAt in a record: when it changed last
     */
    public PageReader(String records, String total, String key, String updatedAt) {
        this.records = JsonPointer.compile(records);
        this.total = JsonPointer.compile(total);
        this.key = JsonPointer.compile(key);
        this.updatedAt = JsonPointer.compile(updatedAt);
    }

    /** @throws TransientFailure if it breaks off, is no JSON or holds no array of records */
    public RecordPage read(byte[] page) {
        try (JsonParser parser = JSON.createParser(page)) {
            Found found = new Found();
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                answer(parser, page, records, total, found);
            }
            if (found.records == null || parser.nextToken() != null) {
                throw new TransientFailure("The response is JSON, but not a page of results.");
            }
            return new RecordPage(found.records, found.total);
        } catch (IOException e) {
            throw new TransientFailure("The response is truncated or not JSON: " + firstLine(e), e);
        }
    }

    private static final class Found {
        private List<RawRecord> records;
        private long total;
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** Reads an object of the answer. @param list and number: where they stand below it, null if not there */
    private void answer(JsonParser parser, byte[] page, JsonPointer list, JsonPointer number, Found found)
            throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            JsonPointer listBelow = below(list, parser);
            JsonPointer numberBelow = below(number, parser);
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_ARRAY && isHere(listBelow)) {
                found.records = records(parser, page);
            } else if (value == JsonToken.VALUE_NUMBER_INT && isHere(numberBelow)) {
                found.total = parser.getNumberType() == NumberType.BIG_INTEGER ? 0 : Math.max(0, parser.getLongValue());
            } else if (value == JsonToken.START_OBJECT && (listBelow != null || numberBelow != null)) {
                answer(parser, page, listBelow, numberBelow, found);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static JsonPointer below(JsonPointer pointer, JsonParser parser) throws IOException {
        return pointer == null ? null : pointer.matchProperty(parser.currentName());
    }

    private static boolean isHere(JsonPointer pointer) {
        return pointer != null && pointer.matches();
    }

    private List<RawRecord> records(JsonParser parser, byte[] page) throws IOException {
        List<RawRecord> cut = new ArrayList<>(1000);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int start = (int) parser.currentTokenLocation().getByteOffset();
            String[] read = new String[2];
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                skim(parser, key, updatedAt, read);
            } else {
                parser.skipChildren();
                parser.getText(); // makes sure that a scalar is read to its end
            }
            int length = (int) parser.currentLocation().getByteOffset() - start;
            cut.add(new RawRecord(page, start, length, cut.size(), read[0], read[1]));
        }
        return cut;
    }

    /** Reads key and moment of an object of a record. */
    private static void skim(JsonParser parser, JsonPointer key, JsonPointer updatedAt, String[] read)
            throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            JsonPointer keyBelow = below(key, parser);
            JsonPointer updatedBelow = below(updatedAt, parser);
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING && isHere(keyBelow)) {
                read[0] = parser.getText();
            } else if (value == JsonToken.VALUE_STRING && isHere(updatedBelow)) {
                read[1] = parser.getText();
            } else if (value == JsonToken.START_OBJECT && (keyBelow != null || updatedBelow != null)) {
                skim(parser, keyBelow, updatedBelow, read);
            } else {
                parser.skipChildren();
            }
        }
    }
}
