package dev.catchment.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.visit.PageVisit;
import dev.catchment.support.PageServer;
import dev.catchment.support.PolicyRig;
import dev.catchment.support.ServedPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No more is read of an answer than is wanted. */
class LargeAnswerTest {
    private static final int MB = 1 << 20;

    @RegisterExtension
    static final PolicyRig DOOR = new PolicyRig();

    private PageServer server;

    @BeforeEach
    void serve() {
        server = DOOR.pages();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void a_head_without_end_is_not_read_to_its_end() {
        server.serveRaw("/fees", out -> {
            write(out, "HTTP/1.1 200 OK\r\nX: ");
            byte[] line = new byte[MB];
            Arrays.fill(line, (byte) 'x');
            for (int i = 0; i < 50; i++) {
                out.write(line);
            }
        });
        assertThat(DOOR.visit("/fees").failure().outcome()).isEqualTo(FetchOutcome.BROKEN_ANSWER);
        assertThat(server.sent()).isLessThan(20L * MB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: " + 50 * MB, "X: until the end"})
    void of_a_large_body_no_more_is_read_than_shows_that_it_is_too_large(String header) {
        DOOR.set("policy.max-html", "1kB").set("policy.max-pdf", "1MB");
        server.serveRaw("/fees", out -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + header + "\r\n\r\n");
            for (int i = 0; i < 50; i++) {
                out.write(new byte[MB]);
            }
        });
        PageVisit visit = DOOR.visit("/fees");
        assertThat(visit.fetched().body()).hasSize(MB + 1);
        assertThat(Pages.judge(visit.fetched()).hasText()).isFalse();
        assertThat(server.sent())
                .as("the rest stays in the buffers of the system")
                .isLessThan(20L * MB);
    }

    @Test
    void a_bomb_is_unpacked_as_far_as_is_wanted() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            for (int i = 0; i < 200; i++) {
                gzip.write(new byte[MB]);
            }
        }
        server.serve("/fees", ServedPage.of("text/html", bomb.toByteArray()).with("Content-Encoding", "gzip"));
        PageVisit visit = DOOR.set("policy.max-pdf", "6MB").visit("/fees");
        assertThat(visit.fetched().body()).hasSize(6 * MB + 1);
        assertThat(Pages.judge(visit.fetched()).outcome()).isEqualTo(FetchOutcome.OVERSIZE);
    }
}
