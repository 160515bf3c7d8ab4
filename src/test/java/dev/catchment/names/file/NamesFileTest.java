package dev.catchment.names.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.Published;
import dev.catchment.names.figure.Hints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamesFileTest {
    @TempDir
    Path folder;

    Published published;

    @BeforeEach
    void publish() {
        published = new Published(folder);
    }

    private List<List<String>> cells(byte[] bytes) throws IOException {
        TextFile text = published.bytes("x.csv", bytes, Hints.NONE).texts().get(0);
        try (var rows = text.rows()) {
            return rows.map(Row::cells).toList();
        }
    }

    private String charset(byte[] bytes) throws IOException {
        return published.bytes("x.csv", bytes, Hints.NONE).texts().get(0).charset();
    }

    private void assertRefused(byte[] bytes, String why) {
        assertThatThrownBy(() -> published.bytes("x.csv", bytes, Hints.NONE))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageStartingWith("x.csv ")
                .hasMessageContaining(why)
                .hasMessageEndingWith(".");
    }

    private static byte[] latin(String bytes) {
        return bytes.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void finds_out_the_encoding_and_says_it() throws IOException {
        String text = "Zoë,F\r\nÉmile,M\r\n";
        List<List<String>> cells = List.of(List.of("Zoë", "F"), List.of("Émile", "M"));
        assertThat(charset(text.getBytes(StandardCharsets.UTF_8))).isEqualTo("UTF-8");
        assertThat(charset(latin(text))).isEqualTo("windows-1252");
        assertThat(cells(text.getBytes(StandardCharsets.UTF_8))).isEqualTo(cells);
        assertThat(cells(latin(text))).isEqualTo(cells);
        assertThat(cells(("\uFEFF" + text).getBytes(StandardCharsets.UTF_8))).isEqualTo(cells);
        assertThat(cells(("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE))).isEqualTo(cells);
        assertThat(cells(("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE))).isEqualTo(cells);
        assertThat(charset(("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE)))
                .isEqualTo("UTF-16BE");
    }

    @Test
    void refuses_a_text_that_no_encoding_reads_to_its_end() {
        assertRefused(latin("Zo\u00EB,F\nChlo\u0081,F\n"), "neither UTF-8 nor windows-1252");
        assertRefused(latin("\u00EF\u00BB\u00BFZo\u00EB,F\n"), "no known encoding");
    }

    @Test
    void refuses_what_is_no_table_whatever_it_is_called() {
        assertRefused(new byte[0], "empty");
        assertRefused(latin("%PDF-1.7\n"), "PDF");
        assertRefused(latin("\u001F\u008B\b"), "Unpack it");
        assertRefused(latin("\n <!DOCTYPE html><html>"), "web page");
        assertRefused(latin("\u0089PNG\r\n\u001A\n\u0000\u0000"), "neither a text nor a workbook");
        assertRefused(latin("a,b\n" + "x".repeat(2 << 20)), "longer than a million");
    }

    @Test
    void takes_lines_apart_at_what_stands_there_most() throws IOException {
        assertThat(cells(latin("a;b;1,5\n"))).containsExactly(List.of("a", "b", "1,5"));
        assertThat(cells(latin("a\tb, c\td\n"))).containsExactly(List.of("a", "b, c", "d"));
        assertThat(cells(latin("\"a;b;c\",d,e\n"))).containsExactly(List.of("a;b;c", "d", "e"));
        assertThat(cells(latin("a , b\r,,\r\rc,d"))).containsExactly(List.of("a", "b"), List.of("c", "d"));
    }

    @Test
    void says_the_line_of_each_row_with_and_without_quotes() throws IOException {
        for (String text : List.of("a,b\r\n\r\nc,d\r\ne,f", "\"a\",b\r\n\r\nc,d\r\ne,f", "\"a\",b\r\rc,d\re,\"f\"")) {
            TextFile part = published.text("x.csv", text).texts().get(0);
            List<String> lines = List.of("x.csv line 1", "x.csv line 3", "x.csv line 4");
            assertThat(part.head()).extracting(Row::position).isEqualTo(lines);
            try (var rows = part.rows()) {
                assertThat(rows).extracting(Row::position).isEqualTo(lines);
            }
        }
    }

    @Test
    void refuses_a_quote_that_is_never_closed_at_its_line() {
        assertThatThrownBy(() -> cells(latin("a,b\nc,\"d\ne,f\n")))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("never closed")
                .hasMessageContaining("x.csv line 2");
    }

    @Test
    void reads_no_further_than_it_is_asked_and_closes_what_it_opened() throws IOException {
        boolean[] closed = {false};
        byte[] bytes = latin("a,b\nc,\"d\n");
        TextFile.Source source = () -> new ByteArrayInputStream(bytes) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        TextFile part = TextFile.open("x.csv", source, bytes.length);
        part.head();
        closed[0] = false;
        try (var rows = part.rows()) {
            assertThat(rows.findFirst()).map(Row::cells).contains(List.of("a", "b"));
            assertThat(closed).containsExactly(false);
        }
        assertThat(closed).containsExactly(true);
    }

    @Test
    void takes_a_workbook_for_one_by_what_is_in_it() {
        assertThatThrownBy(() -> published.zip("names.csv", "[Content_Types].xml", "<Types/>", "xl/workbook.xml", ""))
                .hasMessageContaining("workbook");
        assertThatThrownBy(
                        () -> published.bytes("names.csv", latin("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1"), Hints.NONE))
                .hasMessageContaining("workbook");
    }

    @Test
    void reads_a_file_from_where_it_is_kept_and_names_it_as_it_came() throws IOException {
        NamesFile file = published.text("yob1880.txt", "Mary,F,7065\n");
        assertThat(file.path()).isEqualTo(folder.resolve("stored"));
        assertThat(file.texts().get(0).name()).isEqualTo("yob1880.txt");
        assertThat(Files.list(folder)).containsExactly(file.path());
    }
}
