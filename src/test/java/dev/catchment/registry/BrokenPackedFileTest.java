package dev.catchment.registry;

import static dev.catchment.support.IndexFiles.asset;
import static dev.catchment.support.IndexFiles.gzip;
import static dev.catchment.support.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.IndexFiles;
import dev.catchment.support.SeedRig;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BrokenPackedFileTest {
    private static final String ONE = asset("aaaa-2222", "a.gov");

    @RegisterExtension
    static final SeedRig RIG = new SeedRig();

    @ParameterizedTest
    @CsvSource({"0, 1", "0, 9", "0, 30", "3000, 1", "3000, 8", "3000, 9000"})
    void keeps_all_that_could_be_unpacked_of_a_packed_file_that_breaks_off(int more, int missing) {
        String whole = String.join("\n", IndexFiles.assets(3 + more)) + "\n";
        byte[] packed = gzip(whole.getBytes(StandardCharsets.UTF_8));
        byte[] cut = Arrays.copyOf(packed, packed.length - missing);
        Map<String, Object> summary = RIG.seed(RIG.file("index.gz", cut));
        assertThat(summary).containsEntry("status", "failed");
        assertThat((String) summary.get("error")).contains("The packed file breaks off", " at line ");
        int unpacked = unpacked(cut, whole.length());
        assertThat(number("select count(*) from registry.assets"))
                .isEqualTo(whole.substring(0, unpacked)
                        .chars()
                        .filter(c -> c == '\n')
                        .count());
        assertThat((String) summary.get("error")).contains("byte " + unpacked + ".");
        assertThat(RIG.seed(RIG.file("index.gz", packed))).containsEntry("status", "succeeded");
        assertThat(number("select count(*) from registry.assets")).isEqualTo(3 + more);
    }

    /** How many bytes the inflater itself gets out of it. */
    private static int unpacked(byte[] cut, int most) {
        java.util.zip.Inflater inflater = new java.util.zip.Inflater(true);
        inflater.setInput(cut, 10, cut.length - 10);
        try {
            int bytes = 0;
            byte[] out = new byte[most + 1];
            for (int more = inflater.inflate(out); more > 0; more = inflater.inflate(out)) {
                bytes += more;
            }
            return bytes;
        } catch (java.util.zip.DataFormatException e) {
            throw new AssertionError(e);
        } finally {
            inflater.end();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 9, 10})
    void a_packed_file_that_breaks_off_in_its_head_fails(int bytes) {
        byte[] packed = gzip(ONE.getBytes(StandardCharsets.UTF_8));
        Map<String, Object> summary = RIG.seed(RIG.file("index.gz", Arrays.copyOf(packed, bytes)));
        assertThat(summary).containsEntry("status", "failed");
        assertThat((String) summary.get("error")).contains("The packed file breaks off", "line 1, column 1, byte 0.");
        assertThat(number("select count(*) from ops.runs where status = 'failed'"))
                .isEqualTo(1);
    }
}
