package dev.catchment.policy.source;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * Sources as CSV with a header: what lies deeper in YAML has a column of its own here. In a cell of the columns content,
 * drop and ignore each line is one selector or pattern; an empty cell says nothing.
 */
final class CsvEntries {
    private static final Set<String> LISTS = Set.of("content", "drop", "ignore");
    private static final Set<String> OF_RULES = Set.of("content", "drop", "ignore", "minimum_share");
    private static final Set<String> OF_METADATA = Set.of("cron", "zone", "origin");
    private static final CSVFormat CSV = CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(true)
            .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
            .get();

    private CsvEntries() {}

    /** @throws IllegalArgumentException saying where it cannot be read and why */
    static List<SourceEntry> of(String text) {
        try (CSVParser parser = CSVParser.parse(text, CSV)) {
            List<SourceEntry> entries = new ArrayList<>();
            for (CSVRecord row : parser) {
                int line = (int) (parser.getCurrentLineNumber() - breaks(row));
                if (!row.isConsistent()) {
                    throw new IllegalArgumentException("line %d: there are %d cells under a header of %d"
                            .formatted(line, row.size(), parser.getHeaderNames().size()));
                }
                entries.add(new SourceEntry(entries.size() + 1, line, fields(row)));
            }
            return entries;
        } catch (IOException | UncheckedIOException e) {
            throw new IllegalArgumentException("it is not CSV: " + e.getMessage(), e);
        }
    }

    /** A row is known by its first line, the parser says its last. */
    private static long breaks(CSVRecord row) {
        return row.stream().flatMapToInt(String::chars).filter(c -> c == '\n').count();
    }

    private static ObjectNode fields(CSVRecord row) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        ObjectNode rules = JsonNodeFactory.instance.objectNode();
        row.toMap().forEach((column, cell) -> {
            ObjectNode place = OF_RULES.contains(column) ? rules : OF_METADATA.contains(column) ? metadata : fields;
            if (!cell.isEmpty() && LISTS.contains(column)) {
                place.set(column, lines(cell));
            } else if (!cell.isEmpty()) {
                place.put(column, cell);
            }
        });
        if (!rules.isEmpty()) {
            metadata.set("rules", rules);
        }
        if (!metadata.isEmpty()) {
            fields.set("metadata", metadata);
        }
        return fields;
    }

    private static ArrayNode lines(String cell) {
        ArrayNode lines = JsonNodeFactory.instance.arrayNode();
        Stream.of(cell.split("\\R"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .forEach(lines::add);
        return lines;
    }
}
