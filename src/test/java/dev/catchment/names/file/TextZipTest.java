package dev.catchment.names.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.Published;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextZipTest {
    private static final ZipBudget.Limits SMALL = new ZipBudget.Limits(5_000_000, 3, 200);

    @TempDir
    Path folder;

    private Path zip(String... entries) throws IOException {
        return Files.write(folder.resolve("stored"), Published.zipped(entries));
    }

    private void assertRefused(Path zip, String why) {
        assertThatThrownBy(() -> TextZip.open(zip, SMALL))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining(why)
                .hasMessageEndingWith(".");
    }

    @Test
    void goes_by_base_names_and_writes_nothing_outside() throws IOException {
        Path zip = zip("../../etc/yob1881.txt", "Mary,F,5\n", "a\\b\\yob1880.txt", "Anna,F,5\n");
        assertThat(TextZip.open(zip, SMALL)).extracting(TextFile::name).containsExactly("yob1880.txt", "yob1881.txt");
        assertThat(Files.list(folder)).containsExactly(zip);
    }

    @Test
    void refuses_a_bomb_before_a_row_is_read() throws IOException {
        assertRefused(zip("yob1880.txt", "0,\n".repeat(1_000_000)), "more than 200 times");
    }

    @Test
    void refuses_more_bytes_and_entries_than_any_publisher_packs() throws IOException {
        StringBuilder text = new StringBuilder();
        new Random(1).ints(900_000).forEach(i -> text.append(i).append('\n'));
        assertRefused(zip("yob1880.txt", text.toString()), "more than 5000000 bytes");
        assertRefused(zip("a", "1", "b", "1", "c", "1", "d", "1"), "more than 3 entries");
    }

    @Test
    void refuses_two_files_of_one_name_and_none_at_all() throws IOException {
        assertRefused(zip("a/yob1880.txt", "Mary,F,5\n", "b/yob1880.txt", "Mary,F,6\n"), "two files named yob1880.txt");
        assertRefused(zip("folder/", "", "ReadMe.txt", "read me"), "no table");
    }

    @Test
    void refuses_what_is_cut_off() throws IOException {
        Path zip = zip("yob1880.txt", "Mary,F,5\n".repeat(100));
        byte[] bytes = Files.readAllBytes(zip);
        Files.write(zip, Arrays.copyOf(bytes, bytes.length - 30));
        assertRefused(zip, "broken or encrypted");
        bytes[45] ^= 0x55;
        assertRefused(Files.write(zip, bytes), "broken or encrypted");
    }

    @Test
    void refuses_a_table_that_was_changed_on_the_way() throws IOException {
        byte[] bytes = Published.zipped("yob1880.txt", "Mary,F,7065\n");
        int directory = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        bytes[directory + 16] ^= 1;
        assertRefused(Files.write(folder.resolve("stored"), bytes), "checksum of yob1880.txt");
    }

    @Test
    void refuses_what_holds_no_text() throws IOException {
        assertRefused(zip("inner.xlsx", "PK\u0003\u0004"), "a zip within a zip");
        assertRefused(zip("yob1880.txt", "<html>"), "web page");
        assertRefused(zip("yob1880.txt", "Mary\u0000"), "neither a text nor a workbook");
    }
}
