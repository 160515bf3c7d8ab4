package dev.catchment.export.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A file that rows are written to one after the other; of what is written only a buffer is in memory. */
public interface RowFile extends Closeable {
    void write(Map<String, Object> row) throws IOException;

    /** JSON, one object a line. */
    static RowFile lines(Path file) throws IOException {
        JsonGenerator json = new JsonFactory()
                .createGenerator(
                        new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), 1 << 16))
                .setRootValueSeparator(null);
        return new RowFile() {
            @Override
            public void write(Map<String, Object> row) throws IOException {
                FieldJson.write(json, row);
                json.writeRaw('\n');
            }

            @Override
            public void close() throws IOException {
                json.close();
            }
        };
    }

    /** CSV of RFC 4180 with a header; an array or an object as JSON, nothing as an empty field. */
    static RowFile csv(Path file, Collection<String> columns) throws IOException {
        CsvWriter csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .build(new BufferedWriter(
                        new OutputStreamWriter(
                                Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), StandardCharsets.UTF_8),
                        1 << 16));
        List<String> names = List.copyOf(columns);
        csv.writeRecord(names);
        return new RowFile() {
            @Override
            public void write(Map<String, Object> row) throws IOException {
                csv.writeRecord(names.stream()
                        .map(name -> FieldJson.text(row.get(name)))
                        .toList());
            }

            @Override
            public void close() throws IOException {
                csv.close();
            }
        };
    }
}
