package dev.catchment.flow.walk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.errors.TransientFailure;
import dev.catchment.flow.BadRecord;
import dev.catchment.flow.decode.Decoder;
import dev.catchment.flow.kind.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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
    private final JsonPointer next;
    private final JsonPointer errorMessage;
    private final Map<JsonPointer, JsonNode> check;
    private final JsonPointer updatedAt;
    private final List<JsonPointer> keys;
    private final UnaryOperator<byte[]> decoder;
    /** One record is no list in XML, and none is nothing at all. */
    private final boolean hasNoLists;
    /** All pointers to single values of an answer. */
    private final List<JsonPointer> values;

    /** How the answers of a kind are cut. */
    public PageReader(Kind kind) {
        records = JsonPointer.compile(kind.records());
        total = pointer(kind.total());
        next = pointer(
                kind.page().next() == null || kind.page().next().startsWith("header:")
                        ? null
                        : kind.page().next());
        errorMessage = pointer(kind.errorMessage());
        check = new LinkedHashMap<>();
        kind.check().forEach((at, value) -> check.put(JsonPointer.compile(at), value));
        updatedAt = pointer(kind.modified() == null ? null : kind.modified().at());
        keys = kind.key().at().stream().map(JsonPointer::compile).toList();
        decoder = Decoder.named(kind.decode())::json;
        hasNoLists = kind.decode().equals("xml");
        values = Stream.concat(Stream.of(total, next, errorMessage), check.keySet().stream())
                .filter(Objects::nonNull)
                .toList();
    }

    private static JsonPointer pointer(String text) {
        return text == null ? null : JsonPointer.compile(text);
    }

    /** @throws TransientFailure if it breaks off, is no JSON, holds no array of records, or says that it is an error */
    public RecordPage read(byte[] answer) {
        byte[] page = decoder.apply(answer);
        try (JsonParser parser = JSON.createParser(page)) {
            Found found = new Found();
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_OBJECT) {
                answer(parser, page, records, values, values, found);
            } else if (first == JsonToken.START_ARRAY && records.matches()) {
                found.records = records(parser, page);
            }
            check(found);
            if (hasNoLists && found.records == null && total != null && found.values.containsKey(total)) {
                found.records = List.of();
            }
            if (found.records == null || parser.nextToken() != null) {
                throw new TransientFailure("The response is JSON, but not a page of results.");
            }
            return new RecordPage(
                    found.records,
                    number(total == null ? null : found.values.get(total)),
                    next == null ? null : found.values.get(next));
        } catch (IOException e) {
            throw new TransientFailure("The response is truncated or not JSON: " + firstLine(e), e);
        }
    }

    private void check(Found found) {
        check.forEach((at, expected) -> {
            String value = found.values.get(at);
            if (!expected.asText().equals(value)) {
                String said = errorMessage == null ? null : found.values.get(errorMessage);
                throw new TransientFailure("The response is an error with a status of success: %s is %s%s."
                        .formatted(at, value, said == null ? "" : " (" + BadRecord.quote(said) + ")"));
            }
        });
    }

    /** What is no number of records says nothing. */
    private static long number(String total) {
        return total != null && total.matches("\\d{1,18}") ? Long.parseLong(total) : 0;
    }

    private static final class Found {
        private List<RawRecord> records;
        private final Map<JsonPointer, String> values = new HashMap<>();
    }

    /** Of a stream. */
    static JsonParser parser(InputStream in) throws IOException {
        return JSON.createParser(in);
    }

    /** One record by itself. @param index its place on the page */
    RawRecord record(byte[] bytes, int index) {
        String[] read = new String[keys.size() + 1];
        try (JsonParser parser = JSON.createParser(bytes)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                skim(parser, keys, updatedAt, read);
            }
        } catch (IOException cutOff) {
            // as much as could be read: it is rejected later, with the reason
        }
        return new RawRecord(bytes, 0, bytes.length, index, key(read), read[keys.size()]);
    }

    private static String key(String[] read) {
        for (int i = 0; i < read.length - 1; i++) {
            if (read[i] != null) {
                return read[i];
            }
        }
        return null;
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /**
     * Reads an object of the answer.
     *
     * @param list where the records stand below it; null if not there
     * @param left what is left below it of the pointers to single values
     * @param whole those pointers
     */
    private void answer(
            JsonParser parser,
            byte[] page,
            JsonPointer list,
            List<JsonPointer> left,
            List<JsonPointer> whole,
            Found found)
            throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            JsonPointer listBelow = below(list, parser);
            List<JsonPointer> leftBelow = new ArrayList<>(left.size());
            List<JsonPointer> wholeBelow = new ArrayList<>(left.size());
            for (int i = 0; i < left.size(); i++) {
                JsonPointer below = below(left.get(i), parser);
                if (below != null) {
                    leftBelow.add(below);
                    wholeBelow.add(whole.get(i));
                }
            }
            JsonToken value = parser.nextToken();
            if (value == JsonToken.START_ARRAY && isHere(listBelow)) {
                found.records = records(parser, page);
            } else if (value == JsonToken.START_OBJECT && isHere(listBelow) && hasNoLists) {
                found.records = List.of(record(parser, page, 0));
            } else if (value.isScalarValue()) {
                for (int i = 0; i < leftBelow.size(); i++) {
                    if (isHere(leftBelow.get(i)) && value != JsonToken.VALUE_NULL) {
                        found.values.put(wholeBelow.get(i), parser.getText());
                    }
                }
            } else if (value == JsonToken.START_OBJECT && (listBelow != null || !leftBelow.isEmpty())) {
                answer(parser, page, listBelow, leftBelow, wholeBelow, found);
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
            cut.add(record(parser, page, cut.size()));
        }
        return cut;
    }

    /** The one that the parser stands at. */
    private RawRecord record(JsonParser parser, byte[] page, int index) throws IOException {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        String[] read = new String[keys.size() + 1];
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            skim(parser, keys, updatedAt, read);
        } else {
            parser.skipChildren();
            String text = parser.getText(); // makes sure that a scalar is read to its end
            if (parser.currentToken() == JsonToken.VALUE_STRING && isHere(keys.get(0))) {
                read[0] = text;
            }
        }
        int length = (int) parser.currentLocation().getByteOffset() - start;
        return new RawRecord(page, start, length, index, key(read), read[keys.size()]);
    }

    /**
     * Reads keys and moment of an object of a record.
     *
     * @param keys what is left of the pointers below it; null for those that lead elsewhere
     * @param read the keys, in the order of their pointers, and the moment
     */
    private static void skim(JsonParser parser, List<JsonPointer> keys, JsonPointer updatedAt, String[] read)
            throws IOException {
        int last = read.length - 1;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            List<JsonPointer> below = below(keys, parser);
            JsonPointer updatedBelow = below(updatedAt, parser);
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NUMBER_INT) {
                for (int i = 0; i < below.size(); i++) {
                    if (isHere(below.get(i)) && !parser.getText().isBlank()) {
                        read[i] = parser.getText();
                    }
                }
                if (isHere(updatedBelow)) {
                    read[last] = parser.getText();
                }
            } else if (value == JsonToken.START_OBJECT && (!below.isEmpty() || updatedBelow != null)) {
                skim(parser, below, updatedBelow, read);
            } else {
                parser.skipChildren();
            }
        }
    }

    /** What is left of each; nothing at all if none leads further, as for most fields. */
    private static List<JsonPointer> below(List<JsonPointer> pointers, JsonParser parser) throws IOException {
        List<JsonPointer> below = null;
        for (int i = 0; i < pointers.size(); i++) {
            JsonPointer next = below(pointers.get(i), parser);
            if (next != null) {
                below = below == null ? Arrays.asList(new JsonPointer[pointers.size()]) : below;
                below.set(i, next);
            }
        }
        return below == null ? List.of() : below;
    }
}
