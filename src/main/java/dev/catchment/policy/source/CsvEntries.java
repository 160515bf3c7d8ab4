package dev.catchment.policy.source;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sources as CSV with a header: what lies deeper in YAML has a column of its own here. In a cell of the columns content,
 * drop and ignore each line is one selector or pattern; an empty cell says nothing.
 */
final class CsvEntries {
    private static final Set<String> LISTS = Set.of("content", "drop", "ignore");
    private static final Set<String> OF_RULES = Set.of("content", "drop", "ignore", "minimum_share");
    private static final Set<String> OF_METADATA = Set.of("cron", "zone", "origin");

    private CsvEntries() {}

    /** @throws IllegalArgumentException saying where it cannot be read and why */
    static List<SourceFile.Entry> of(String text) {
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                // Or the sources that follow would be lines of its cell.
                .allowUnclosedQuote(false)
                .ofCsvRecord(text)) {
            List<SourceFile.Entry> entries = new ArrayList<>();
            List<String> header = null;
            for (CsvRecord row : reader) {
                if (header == null) {
                    header = header(row);
                } else if (row.getFieldCount() != header.size()) {
                    throw new IllegalArgumentException("line %d: there are %d cells under a header of %d"
                            .formatted(row.getStartingLineNumber(), row.getFieldCount(), header.size()));
                } else {
                    entries.add(new SourceFile.Entry(
                            entries.size() + 1, (int) row.getStartingLineNumber(), fields(header, row.getFields())));
                }
            }
            return entries;
        } catch (CsvParseException | IOException | UncheckedIOException e) {
            throw new IllegalArgumentException("it is not CSV: " + e.getMessage(), e);
        }
    }

    private static List<String> header(CsvRecord row) {
        List<String> header = row.getFields().stream().map(String::strip).toList();
        if (new HashSet<>(header).size() < header.size()) {
            throw new IllegalArgumentException("a column of the header is there twice: " + String.join(", ", header));
        }
        return header;
    }

    private static ObjectNode fields(List<String> header, List<String> cells) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < cells.size(); i++) {
            String column = header.get(i);
            if (cells.get(i).isBlank()) {
                continue;
            }
            ObjectNode place = OF_RULES.contains(column)
                    ? fields.withObjectProperty("metadata").withObjectProperty("rules")
                    : OF_METADATA.contains(column) ? fields.withObjectProperty("metadata") : fields;
            if (LISTS.contains(column)) {
                ArrayNode lines = place.putArray(column);
                cells.get(i)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .forEach(lines::add);
            } else {
                place.put(column, cells.get(i));
            }
        }
        return fields;
    }
}
