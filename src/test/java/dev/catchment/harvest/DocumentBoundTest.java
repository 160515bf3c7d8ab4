package dev.catchment.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.standin.Answer;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A document fills the disk no further than the operator allows, whatever it was packed to. */
class DocumentBoundTest {
    private static final String SINGLE = "page: { by: single }\n";

    @RegisterExtension
    private final HarvestRig rig = new HarvestRig();

    /** A document of one record and a tail. */
    private static byte[] document(OutputStreamFiller tail) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write("{\"items\":[{\"id\":\"d-1\",\"name\":\"One\"}]".getBytes(StandardCharsets.UTF_8));
            tail.fill(out);
            out.write('}');
        }
        return bytes.toByteArray();
    }

    @FunctionalInterface
    private interface OutputStreamFiller {
        void fill(OutputStream out) throws IOException;
    }

    private static void blanks(OutputStream out, int megabytes) throws IOException {
        byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < megabytes; i++) {
            out.write(blanks);
        }
    }

    private static void words(OutputStream out, int megabytes) throws IOException {
        Random random = new Random(1);
        StringBuilder word = new StringBuilder(",\"notes\":\"");
        for (int i = 0; i < megabytes << 20; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        out.write(word.append('"').toString().getBytes(StandardCharsets.UTF_8));
    }

    private Map<String, Object> walk(byte[] packed) {
        rig.standIn(SINGLE)
                .override(request -> Optional.of(new Answer(
                        200, Map.of("Content-Type", "application/json", "Content-Encoding", "gzip"), packed)));
        return rig.harvest();
    }

    private static void assertSpoolIsEmpty() throws IOException {
        try (var files = Files.list(Path.of("target", "harvest-data", "spool", "harvest"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void a_bomb_is_refused_long_before_it_is_unpacked() throws IOException {
        byte[] bomb = document(out -> blanks(out, 64));
        assertThat(bomb).hasSizeLessThan(500_000);
        Map<String, Object> run = walk(bomb);
        assertThat(run).containsEntry("status", "failed");
        assertThat((String) run.get("error"))
                .contains("unpacks to more than 200 times its size", "Look at what its URL gives");
        assertThat(rig.asked()).as("asked once, for it fails again").hasSize(1);
        assertSpoolIsEmpty();
    }

    @Test
    void what_is_well_packed_is_read() throws IOException {
        assertThat(walk(document(out -> {
                    words(out, 2);
                    blanks(out, 20);
                })))
                .containsEntry("status", "succeeded")
                .containsEntry("added", 1L);
        assertSpoolIsEmpty();
    }

    @Test
    void a_document_beyond_the_setting_is_refused_with_what_to_do() throws IOException {
        rig.set("harvest.document.max-size", "1MB");
        Map<String, Object> run = walk(document(out -> words(out, 2)));
        assertThat((String) run.get("error"))
                .isEqualTo(
                        "The document is larger than harvest.document.max-size (1,048,576 bytes). If that is right for this source, raise the setting.");
        assertThat(TestDatabase.text("select health_reason from harvest.sources"))
                .contains("harvest.document.max-size");
        assertSpoolIsEmpty();
    }

    @Test
    void where_too_little_is_free_nothing_is_written() throws IOException {
        rig.set("harvest.document.min-free", "900000GB");
        Map<String, Object> run = walk(document(out -> words(out, 1)));
        assertThat((String) run.get("error"))
                .contains("MB are free in ", "harvest.document.min-free is 921,600,000 MB. Make room there");
        assertSpoolIsEmpty();
    }
}
