package dev.catchment.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.support.NamesRig;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is packed or crafted to harm whoever opens it is refused in words, and the next file is loaded. */
@Timeout(900)
class HostileFileTest {
    private static final String TITLE = cell("A", 1, "Top names for baby boys, England and Wales, 2021")
            + "<row r=\"2\">" + text("A2", "Rank") + text("B2", "Name") + text("C2", "Count") + "</row>"
            + "<row r=\"3\"><c r=\"A3\"><v>1</v></c>" + text("B3", "Noah") + "<c r=\"C3\"><v>4525</v></c></row>";

    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    private static String cell(String column, int row, String text) {
        return "<row r=\"%d\">%s</row>".formatted(row, text(column + row, text));
    }

    private static String text(String at, String text) {
        return "<c r=\"%s\" t=\"str\"><v>%s</v></c>".formatted(at, text);
    }

    private static void assertRefused(Path file, String words) {
        assertThatThrownBy(() -> NAMES.takeIn(file))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining(file.getFileName().toString())
                .hasMessageContaining(words);
        assertThat(NAMES.load(NAMES.file("yob1880.txt", "Mary,F,7065")).get(0)).containsEntry("status", "completed");
    }

    @Test
    void a_zip_that_unpacks_to_a_thousandfold_is_refused() throws IOException {
        Path zip = NAMES.folder().resolve("bomb.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream packed = new ZipOutputStream(out)) {
            packed.putNextEntry(new ZipEntry("yob1880.txt"));
            byte[] rows = "Mary,F,7065\r\n".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 200; i++) {
                packed.write(rows);
            }
        }
        assertRefused(zip, "more than 200 times its size");
    }

    @Test
    void a_workbook_whose_xml_grows_a_thousandfold_is_refused() throws IOException {
        assertRefused(
                XlsxWriter.writeXml(NAMES.folder().resolve("grows.xlsx"), " ".repeat(1 << 20), 200),
                "packed more than 100 to 1");
    }

    /** The library makes a place for every column up to it. */
    @Test
    void a_workbook_that_asks_for_more_memory_than_a_reader_has_is_refused() throws IOException {
        NAMES.set("reader.heap", "48MB");
        Path far = XlsxWriter.writeXml(
                NAMES.folder().resolve("far.xlsx"), "<row r=\"1\"><c r=\"ZZZZZZ1\"><v>7</v></c></row>", 1);
        assertRefused(far, "needs too much memory");
    }

    @Test
    void a_text_whose_quote_never_ends_is_refused() throws IOException {
        NAMES.set("reader.heap", "48MB");
        Path file = NAMES.folder().resolve("yob1881.txt");
        Files.writeString(
                file, "Mary,F,7065\r\nAnna,F,2604\r\n".repeat(50) + "\"" + "Emma,F,2003\r\n".repeat(4_000_000));
        NAMES.takeIn(file);
        NAMES.work();
        assertThat(NamesRig.figures()).isEmpty();
        assertThat(NAMES.load(NAMES.file("yob1880.txt", "Mary,F,7065")).get(0)).containsEntry("status", "completed");
    }

    @Test
    void one_that_turns_hostile_after_it_was_recognised_fails_for_good_and_nothing_of_it_counts() throws IOException {
        NAMES.set("reader.heap", "48MB");
        StringBuilder rows = new StringBuilder(TITLE);
        for (int row = 4; row <= 500; row++) {
            rows.append("<row r=\"%d\"><c r=\"A%d\"><v>2</v></c>%s<c r=\"C%d\"><v>5</v></c></row>"
                    .formatted(row, row, text("B" + row, "Jack" + row), row));
        }
        rows.append("<row r=\"501\"><c r=\"ZZZZZZ501\"><v>7</v></c></row>");
        Path file = XlsxWriter.writeXml(NAMES.folder().resolve("boysnames2021.xlsx"), rows.toString(), 1);

        Map<String, Object> job = NAMES.load(file).get(0);

        assertThat(job)
                .containsEntry("status", "failed")
                .containsEntry("attempts", 1)
                .hasEntrySatisfying(
                        "error",
                        error -> assertThat(error.toString())
                                .contains("needs too much memory", "reader.heap", "heap=full"));
        assertThat(NamesRig.figures()).isEmpty();
        assertThat(NAMES.load(NAMES.file("yob1880.txt", "Mary,F,7065")).get(0)).containsEntry("status", "completed");
    }

    @Test
    void a_file_that_takes_too_long_is_refused() {
        NAMES.set("names.read-timeout", "10ms").service();
        assertThatThrownBy(() -> NAMES.takeIn(NAMES.file("yob1880.txt", "Mary,F,7065\r\n".repeat(400_000))))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("names.read-timeout");
    }

    @Test
    void an_old_workbook_with_bytes_changed_at_random_is_refused_in_words_or_read() throws IOException {
        byte[] sound = Files.readAllBytes(
                XlsWriter.write(NAMES.folder().resolve("sound.xls"), new XlsWriter.Page("Table 6", """
                        Top names for baby boys, England and Wales, 2021
                        Rank | Name | Count
                        1 | Noah | 4525
                        2 | Jack | 4000
                        """)));
        Random random = new Random(1);
        for (int i = 0; i < 60; i++) {
            byte[] crafted = sound.clone();
            for (int change = 0; change < 1 + i % 5; change++) {
                crafted[random.nextInt(crafted.length)] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
            }
            Path file = Files.write(NAMES.folder().resolve("crafted%d.xls".formatted(i)), crafted);
            try {
                NAMES.takeIn(file);
            } catch (PermanentFailure e) {
                assertThat(e).hasMessageContaining(file.getFileName().toString());
            }
        }
        assertThat(NAMES.load(NAMES.file("yob1880.txt", "Mary,F,7065")).get(0)).containsEntry("status", "completed");
    }
}
