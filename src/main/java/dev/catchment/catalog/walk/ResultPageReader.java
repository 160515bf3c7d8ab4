package dev.catchment.catalog.walk;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.catchment.errors.TransientFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an answer of the Discovery API, {@code {"results": […], …}}, into its records without building any of them: the
 * crawl needs the last id at once to ask for the next page, and the records stay the very bytes that came.
 */
public final class ResultPageReader {
    /** Without the parser's own limits: a record that goes beyond them is refused by itself, and not with its page. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(1_000_000)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private ResultPageReader() {}

    /** @throws TransientFailure if it breaks off, is no JSON or holds no array of results */
    public static ResultPage read(byte[] page) {
        try (JsonParser parser = JSON.createParser(page)) {
            List<RawRecord> records = null;
            long total = 0;
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            while (isObject && parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.START_ARRAY && name.equals("results")) {
                    records = results(parser, page);
                } else if (value == JsonToken.VALUE_NUMBER_INT && name.equals("resultSetSize")) {
                    total = parser.getNumberType() == NumberType.BIG_INTEGER ? 0 : Math.max(0, parser.getLongValue());
                } else {
                    parser.skipChildren();
                }
            }
            if (records == null || parser.nextToken() != null) {
                throw new TransientFailure("The response is JSON, but not a page of results.");
            }
            return new ResultPage(records, total);
        } catch (IOException e) {
            throw new TransientFailure("The response is truncated or not JSON: " + firstLine(e), e);
        }
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static List<RawRecord> results(JsonParser parser, byte[] page) throws IOException {
        List<RawRecord> records = new ArrayList<>(1000);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            int start = (int) parser.currentTokenLocation().getByteOffset();
            String[] resource = new String[2];
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                skim(parser, resource);
            } else {
                parser.skipChildren();
                parser.getText(); // makes sure that a scalar is read to its end
            }
            int length = (int) parser.currentLocation().getByteOffset() - start;
            records.add(new RawRecord(page, start, length, records.size(), resource[0], resource[1]));
        }
        return records;
    }

    private static void skim(JsonParser parser, String[] resource) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean isResource = parser.currentName().equals("resource");
            if (parser.nextToken() == JsonToken.START_OBJECT && isResource) {
                skimResource(parser, resource);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static void skimResource(JsonParser parser, String[] resource) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_STRING && name.equals("id")) {
                resource[0] = parser.getText();
            } else if (value == JsonToken.VALUE_STRING && name.equals("updatedAt")) {
                resource[1] = parser.getText();
            } else {
                parser.skipChildren();
            }
        }
    }
}
