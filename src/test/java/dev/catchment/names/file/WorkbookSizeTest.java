package dev.catchment.names.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.XlsWriter;
import dev.catchment.names.XlsxWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.CellAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbookSizeTest {
    @TempDir
    private Path folder;

    @Test
    void a_bomb_is_refused_before_it_is_read() throws IOException {
        Path bomb = xml(" ".repeat(1 << 20), 64);
        assertThat(bomb).matches(path -> path.toFile().length() < 100_000);
        assertThatThrownBy(() -> WorkbookTest.sheets(bomb))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("sheet1.xml is packed more than 100 to 1");
    }

    @Test
    void styled_cells_without_a_text_cost_nothing() throws IOException {
        String ghosts = IntStream.range(1, 16_384)
                .mapToObj(column -> "<c r=\"" + CellAddress.convertNumToColString(column) + "1\" s=\"7\"/>")
                .collect(Collectors.joining());
        Path path = xml("<row r=\"1\"><c r=\"A1\"><v>7</v></c>" + ghosts + "</row><row r=\"2\"/>");
        assertThat(WorkbookTest.rows(path))
                .singleElement()
                .satisfies(row -> assertThat(row.cells()).containsExactly("7"));
    }

    @Test
    void a_text_beyond_any_column_or_length_is_refused() throws IOException {
        Path wide = xml("<row r=\"1\"><c r=\"XFD1\"><v>7</v></c></row>");
        assertThatThrownBy(() -> WorkbookTest.rows(wide))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("S row 1: column 16384");
        Path letters = xml("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>" + "x".repeat(32_768) + "</v></c></row>");
        assertThatThrownBy(() -> WorkbookTest.rows(letters))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("32768 characters");
    }

    @Test
    void a_number_of_a_text_that_is_not_there_is_no_text() throws IOException {
        Path text = xml("<row r=\"1\"><c r=\"A1\"><v>5</v></c><c r=\"B1\" t=\"s\"><v>7</v></c></row>");
        assertThat(WorkbookTest.rows(text)).extracting(Row::cells).containsExactly(List.of("5"));
    }

    @Test
    void a_sheet_with_more_rows_than_excel_allows_is_refused() throws IOException {
        String rows = IntStream.range(0, 2_048)
                .mapToObj(i -> "<row r=\"" + (i * 7919 + 1) + "\"><c r=\"A1\"><v>" + i * 31 + "</v></c></row>")
                .collect(Collectors.joining());
        Sheet sheet = WorkbookTest.sheets(xml(rows, 513)).get(0);
        assertThatThrownBy(() -> {
                    try (Stream<Row> all = sheet.rows()) {
                        all.forEach(row -> {});
                    }
                })
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("more than 1048576 rows");
    }

    private Path xml(String rows) throws IOException {
        return xml(rows, 1);
    }

    private Path xml(String rows, int times) throws IOException {
        return XlsxWriter.writeXml(folder.resolve("xml.xlsx"), rows, times);
    }

    @Test
    void an_xls_larger_than_any_is_refused_unread() throws IOException {
        Path path = XlsWriter.write(folder.resolve("large.xls"), new XlsWriter.Page("S", "a"));
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength((8L << 20) + 1);
        }
        assertThatThrownBy(() -> WorkbookTest.sheets(path))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("8388609 bytes");
    }
}
