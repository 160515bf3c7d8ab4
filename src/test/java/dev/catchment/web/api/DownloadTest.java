package dev.catchment.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Await;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.WebRig;
import dev.catchment.support.WebRows;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What whole lists hold while they are sent. */
class DownloadTest {
    @RegisterExtension
    static final WebRig WEB = new WebRig();

    /** A reader that stands still is cut off after 20 s: one that goes away is noticed before. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    private static final String HELD = "select count(*) from pg_stat_activity where query like '%from ops.rejects%'"
            + " and state in ('active', 'idle in transaction') and pid <> pg_backend_pid()";

    @BeforeEach
    void rows() {
        WebRows.insert(WEB.database());
        // 100 MB: no buffer on the way takes all of it.
        TestDatabase.execute(
                "insert into ops.rejects (run_id, position, key, reason, severity, message, record, rejected_at)"
                        + " select 1, n::text, 'k', 'bad-date', 'error', 'x', repeat('y', 2000), now() from generate_series(1, 50000) n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "ndjson"})
    void one_that_is_broken_off_gives_its_connection_back_at_once(String form) throws IOException {
        try (Socket reader = new Socket("127.0.0.1", WEB.port())) {
            reader.getOutputStream()
                    .write("GET /api/v1/runs/1/rejects.%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .formatted(form)
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(reader.getInputStream().readNBytes(100_000)).hasSize(100_000);
            Await.until("a connection is held", () -> TestDatabase.number(HELD), held -> held == 1);
        }
        long gone = System.nanoTime();
        Await.until("the connection is given back", () -> TestDatabase.number(HELD), held -> held == 0);
        assertThat(Duration.ofNanos(System.nanoTime() - gone)).isLessThan(AT_ONCE);
    }

    @Test
    void who_takes_less_than_a_thousand_bytes_a_second_for_over_a_minute_is_cut_off() {
        assertThat(RowsInput.isTooSlow(1, Duration.ofSeconds(59).toNanos()))
                .as("a line may hang for a while")
                .isFalse();
        assertThat(RowsInput.isTooSlow(119_000, Duration.ofMinutes(2).toNanos()))
                .isTrue();
        assertThat(RowsInput.isTooSlow(120_000, Duration.ofMinutes(2).toNanos()))
                .isFalse();
        assertThat(RowsInput.isTooSlow(3_000_000_000L, Duration.ofHours(24).toNanos()))
                .as("large and slow")
                .isFalse();
    }
}
