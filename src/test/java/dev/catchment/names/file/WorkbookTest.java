package dev.catchment.names.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.names.XlsWriter;
import dev.catchment.names.XlsWriter.Page;
import dev.catchment.names.XlsxWriter;
import dev.catchment.names.figure.Hints;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.poi.hssf.usermodel.HSSFRow;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.ss.usermodel.FormulaError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkbookTest {
    private static final Page PAGE = new Page("Sheet", """
            Name | Count |||||||||||
            JACK\u00a0 | 10779

            | \u00ad\u00a0 |
            Ciar\u00a0-Louise | 5.0 | TRUE | FALSE | 0.25 | -3
            '007 | 'TRUE
            """);

    @TempDir
    private Path folder;

    @Test
    void both_kinds_say_the_same_of_the_same_cells() throws IOException {
        for (Path path : List.of(
                XlsWriter.write(folder.resolve("a.xlsx"), PAGE), XlsxWriter.write(folder.resolve("b.xls"), PAGE))) {
            assertThat(rows(path))
                    .containsExactly(
                            new Row("Sheet row 1", List.of("Name", "Count")),
                            new Row("Sheet row 2", List.of("JACK", "10779")),
                            new Row("Sheet row 5", List.of("Ciar -Louise", "5", "TRUE", "FALSE", "0.25", "-3")),
                            new Row("Sheet row 6", List.of("007", "TRUE")));
        }
    }

    @Test
    void the_head_is_the_first_forty_rows_and_the_sheets_keep_their_order() throws IOException {
        String fifty = "a | 1\n".repeat(50);
        for (Path path : List.of(
                XlsWriter.write(folder.resolve("a.xls"), new Page("Z", fifty), new Page("A", "b")),
                XlsxWriter.write(folder.resolve("b.xlsx"), new Page("Z", fifty), new Page("A", "b")))) {
            List<Sheet> sheets = sheets(path);
            assertThat(sheets).extracting(Sheet::name).containsExactly("Z", "A");
            assertThat(sheets.get(0).head()).hasSize(40);
            assertThat(sheets.get(1).head()).containsExactly(new Row("A row 1", List.of("b")));
        }
    }

    @Test
    void a_formula_of_an_xls_says_what_it_last_came_to() throws IOException {
        Path path = folder.resolve("formula.xls");
        try (HSSFWorkbook workbook = new HSSFWorkbook();
                OutputStream out = Files.newOutputStream(path)) {
            HSSFRow row = workbook.createSheet("S").createRow(0);
            row.createCell(0).setCellFormula("\"JA\"&\"CK\"");
            row.createCell(1).setCellFormula("40+2");
            row.createCell(2).setCellFormula("1=1");
            row.createCell(3).setCellFormula("1/0");
            row.createCell(4).setCellErrorValue(FormulaError.REF);
            workbook.getCreationHelper().createFormulaEvaluator().evaluateAll();
            workbook.write(out);
        }
        assertThat(rows(path)).containsExactly(new Row("S row 1", List.of("JACK", "42", "TRUE", "#DIV/0!", "#REF!")));
    }

    @Test
    void a_formula_of_an_xlsx_says_what_it_last_came_to() throws IOException {
        Path path = xml("""
                <row r="1"><c r="A1" t="str"><f>"JA"&amp;"CK"</f><v>JACK</v></c><c r="B1"><f>40+2</f><v>42</v></c>\
                <c r="C1" t="b"><f>1=1</f><v>1</v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>\
                <c r="E1"><v>1.2E3</v></c><c r="F1"><v>1E999999999</v></c></row>""");
        assertThat(rows(path))
                .containsExactly(new Row("S row 1", List.of("JACK", "42", "TRUE", "#DIV/0!", "1200", "1E+999999999")));
    }

    private Path xml(String rows) throws IOException {
        return XlsxWriter.writeXml(folder.resolve("xml.xlsx"), rows, 1);
    }

    static List<Sheet> sheets(Path path) throws IOException {
        return NamesFile.open(path, path.getFileName().toString(), Hints.NONE).sheets();
    }

    static List<Row> rows(Path path) throws IOException {
        try (Stream<Row> rows = sheets(path).get(0).rows()) {
            return rows.toList();
        }
    }
}
