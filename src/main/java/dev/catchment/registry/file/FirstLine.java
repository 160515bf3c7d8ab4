package dev.catchment.registry.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonEOFException;
import dev.catchment.flow.BadRecord;
import dev.catchment.flow.RecordParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells NDJSON whose first line is malformed from what is no index file, and from one value over several lines: what
 * follows are records, and with them the first line makes no JSON.
 */
final class FirstLine {
    private static final JsonFactory JSON = new JsonFactory();

    /** An index file begins, so its breaks are told by line, column and byte. */
    private static final Pattern INDEX = Pattern.compile("\\{.*\"(sources|assets|results)\"\\s*:\\s*\\[.*");

    private FirstLine() {}

    /** @param head the beginning of a file: what lies behind it is not looked at */
    static boolean isOneOfMany(byte[] head) {
        // one byte, one character: so a place among the characters is one among the bytes
        List<String> lines = new String(head, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        if (lines.size() < 2) {
            return false;
        }
        String first = lines.get(0);
        boolean records = lines.stream().skip(1).anyMatch(FirstLine::isRecord);
        return switch (first.charAt(0)) {
            case '{' -> !isRecord(first) && records && !INDEX.matcher(first).matches() && breaksEarly(lines);
            case '[' -> records && !breaks(first, true);
            default -> records;
        };
    }

    /** Whether there is no reading on from the first line into the next, which is a record of its own. */
    private static boolean breaksEarly(List<String> lines) {
        String second = lines.get(1);
        return breaks(lines.get(0), false) || (isRecord(second) && breaks(lines.get(0) + "\n" + second, false));
    }

    /** @param whole whether it has to come to its end, too */
    private static boolean breaks(String text, boolean whole) {
        try (JsonParser parser = JSON.createParser(text.getBytes(StandardCharsets.ISO_8859_1))) {
            while (parser.nextToken() != null) {
                // as far as it goes
            }
            return false;
        } catch (JsonEOFException open) {
            return whole;
        } catch (JsonParseException broken) {
            return true;
        } catch (IOException beyond) {
            return false; // too deep for the parser, which says nothing about what it is
        }
    }

    private static boolean isRecord(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return RecordParser.parse(bytes, 0, bytes.length).isObject();
        } catch (BadRecord bad) {
            return false;
        }
    }
}
