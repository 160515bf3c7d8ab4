package dev.catchment.harvest.source;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.BadRecord;
import dev.catchment.schema.YamlDocument;
import dev.catchment.text.Utf8;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Sources as CSV with a header. In the column options each line, or what stands between semicolons, is one {@code name=value};
 * a column option.NAME is one option; an empty cell says nothing.
 */
final class CsvEntries implements SourceEntries {
    private static final String OPTIONS = "options";
    private static final String OPTION = "option.";
    private static final int LONGEST = 1 << 20;

    /** They are no text, whatever the cell looks like. */
    private static final Set<String> TYPED = Set.of("active");

    private final CsvReader<CsvRecord> reader;
    private final Iterator<CsvRecord> rows;
    private List<String> header;
    private int number;

    CsvEntries(InputStream in) {
        reader = CsvReader.builder()
                .maxBufferSize(LONGEST)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                // Or the sources that follow would be lines of its cell.
                .allowUnclosedQuote(false)
                .ofCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8));
        rows = reader.iterator();
    }

    @Override
    public SourceEntry next() {
        try {
            if (header == null && rows.hasNext()) {
                header = header(rows.next());
            }
            return rows.hasNext() ? entry(rows.next()) : null;
        } catch (CsvParseException | UncheckedIOException e) {
            throw new PermanentFailure("It is not CSV: %s The rows before it were imported.".formatted(e.getMessage()));
        }
    }

    private static List<String> header(CsvRecord row) {
        List<String> header = row.getFields().stream()
                .map(column -> Utf8.withoutMark(column).strip())
                .toList();
        if (new HashSet<>(header).size() < header.size()) {
            throw new PermanentFailure("A column of the header is there twice: " + String.join(", ", header) + ".");
        }
        return header;
    }

    private SourceEntry entry(CsvRecord row) {
        String position = "line " + row.getStartingLineNumber();
        number++;
        if (row.getFieldCount() != header.size()) {
            BadRecord bad = new BadRecord(
                    BadRecord.WRONG_TYPE,
                    "There are %d cells under a header of %d.".formatted(row.getFieldCount(), header.size()));
            return SourceEntry.bad(number, position, String.join(",", row.getFields()), bad);
        }
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < header.size(); i++) {
            put(fields, header.get(i), row.getField(i).strip());
        }
        return SourceEntry.of(number, position, fields);
    }

    private static void put(ObjectNode fields, String column, String cell) {
        if (cell.isEmpty()) {
            return;
        }
        if (column.equals(OPTIONS)) {
            for (String each : cell.split("[;\n]")) {
                int sign = each.indexOf('=');
                ObjectNode options = fields.withObjectProperty(OPTIONS);
                options.put(
                        each.substring(0, Math.max(sign, 0)).strip(),
                        each.substring(sign + 1).strip());
            }
        } else if (column.startsWith(OPTION)) {
            fields.withObjectProperty(OPTIONS).put(column.substring(OPTION.length()), cell);
        } else if (TYPED.contains(column)) {
            fields.set(column, YamlDocument.scalar(cell));
        } else {
            fields.put(column, cell);
        }
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
