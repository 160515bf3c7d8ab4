package dev.catchment.registry;

import static dev.catchment.support.IndexFiles.asset;
import static dev.catchment.support.IndexFiles.gzip;
import static dev.catchment.support.IndexFiles.held;
import static dev.catchment.support.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.registry.file.SeedFile;
import dev.catchment.support.IndexFiles;
import dev.catchment.support.SeedRig;
import dev.catchment.support.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Of a packed file that is not proven whole nothing is used. */
class BrokenPackedFileTest {
    private static final String ONE = asset("aaaa-2222", "a.gov");

    @RegisterExtension
    static final SeedRig RIG = new SeedRig();

    private static byte[] packed(List<String> lines) {
        return gzip((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] members(byte[]... members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] member : members) {
            out.writeBytes(member);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 9", "0, 30", "3000, 1", "3000, 8", "3000, 9000"})
    void of_a_packed_file_that_breaks_off_nothing_is_used_until_it_is_there_whole(int more, int missing) {
        byte[] packed = packed(IndexFiles.assets(3 + more));
        Map<String, Object> summary = RIG.seed(RIG.file("index.gz", Arrays.copyOf(packed, packed.length - missing)));
        assertThat(summary).containsEntry("status", "failed").containsEntry("seen", 0L);
        assertThat((String) summary.get("error"))
                .isEqualTo("index.gz is a damaged gzip file (it is truncated), and none of it was used. "
                        + "Download or compress it again.");
        assertThat(number("select count(*) from registry.assets")).isZero();
        assertThat(RIG.seed(RIG.file("index.gz", packed))).containsEntry("status", "succeeded");
        assertThat(number("select count(*) from registry.assets")).isEqualTo(3 + more);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 9, 10})
    void a_packed_file_that_breaks_off_in_its_head_fails(int bytes) {
        byte[] packed = gzip(ONE.getBytes(StandardCharsets.UTF_8));
        Map<String, Object> summary = RIG.seed(RIG.file("index.gz", Arrays.copyOf(packed, bytes)));
        assertThat(summary).containsEntry("status", "failed");
        assertThat((String) summary.get("error")).contains("is a damaged gzip file");
        assertThat(number("select count(*) from ops.runs where status = 'failed'"))
                .isEqualTo(1);
    }

    @Test
    void a_byte_that_is_not_what_it_was_leaves_no_row_or_the_right_ones(@TempDir Path folder) throws Exception {
        byte[] whole = members(packed(IndexFiles.assets(4)), packed(List.of(asset("zzzz-2222", "z.gov"))));
        int harmless = 0;
        for (int place = 0; place < whole.length; place++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = whole.clone();
                flipped[place] ^= (byte) (1 << bit);
                SeedFile file = SeedFile.of(Files.write(folder.resolve("index.gz"), flipped));
                harmless += file.flaw() == null && place >= 2 ? 1 : 0;
                assertThat(file.flaw() == null && place >= 2 ? text(file) : text(whole, folder))
                        .as("byte %d, bit %d", place, bit)
                        .isEqualTo(text(whole, folder));
            }
        }
        assertThat(harmless)
                .as("bits of its head that say when and where it was packed")
                .isBetween(1, 2 * 8 * 7);
    }

    private static String text(byte[] whole, Path folder) throws Exception {
        return text(SeedFile.of(Files.write(folder.resolve("whole.gz"), whole)));
    }

    private static String text(SeedFile file) throws Exception {
        try (var in = file.open(new java.util.concurrent.atomic.AtomicLong(), failure -> {
            throw new AssertionError(failure);
        })) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @Timeout(300)
    void a_flipped_byte_anywhere_leaves_no_row_in_the_registry_or_the_right_ones() {
        byte[] whole = members(packed(IndexFiles.assets(2)), packed(List.of(asset("zzzz-2222", "z.gov"))));
        RIG.seed(RIG.file("index.gz", whole));
        List<String> right = held();
        assertThat(right).hasSize(3 + 3);
        TestDatabase.empty();
        int refused = 0;
        for (int place = 0; place < whole.length; place++) {
            byte[] flipped = whole.clone();
            flipped[place] ^= (byte) 0xff;
            Map<String, Object> summary = RIG.seed(RIG.file("index.gz", flipped));
            if (summary.get("status").equals("failed")) {
                refused++;
                assertThat(number("select count(*) from registry.assets")).isZero();
            } else {
                assertThat(held()).as("byte %d", place).isEqualTo(right);
                TestDatabase.empty();
            }
        }
        assertThat(refused).isGreaterThan(whole.length - 20);
    }

    @Test
    void something_behind_the_last_member_is_damage_too() {
        byte[] whole = packed(List.of(ONE));
        Map<String, Object> summary = RIG.seed(RIG.file("index.gz", members(whole, "more".getBytes())));
        assertThat(summary).containsEntry("status", "failed");
        assertThat((String) summary.get("error")).contains("is a damaged gzip file", "data after a valid");
    }

    @Test
    void gzip_in_gzip_and_utf_16_are_called_by_their_names() {
        String two = asset("bbbb-2222", "b.gov");
        expectFlaw(
                gzip(packed(List.of(ONE))),
                "index is gzip inside gzip: it was compressed twice. Run gunzip on it once");
        for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            expectFlaw((ONE + "\n" + two).getBytes(charset), "index is in UTF-16, and an index file is in UTF-8.");
            expectFlaw(("[" + ONE + "]").getBytes(charset), "index is in UTF-16, and an index file is in UTF-8.");
            expectFlaw(gzip(ONE.getBytes(charset)), "index is in UTF-16, and an index file is in UTF-8.");
        }
    }

    private static void expectFlaw(byte[] content, String flaw) {
        Map<String, Object> summary = RIG.seed(RIG.file("index", content));
        assertThat(summary).containsEntry("status", "failed").containsEntry("seen", 0L);
        assertThat((String) summary.get("error")).startsWith(flaw);
    }
}
