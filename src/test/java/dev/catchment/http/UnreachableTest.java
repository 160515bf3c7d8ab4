package dev.catchment.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.catchment.flow.standin.Answer;
import dev.catchment.support.CapturedLog;
import dev.catchment.support.CrawlRig;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnreachableTest {
    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            http://no-such-host.invalid/api | The host no-such-host.invalid is unknown: no network, or catalog.us.url is wrong.
            http://127.0.0.1:1/api          | Connection refused. The server is down or out of reach, or catalog.us.url is wrong.
            """)
    void a_server_that_cannot_be_reached_is_named_in_words(String url, String words) {
        rig.set("http.max-retries", "1").set("catalog.us.url", url);
        try (CapturedLog log = CapturedLog.of(Level.INFO)) {
            assertThat((String) rig.crawl().get("error")).endsWith(words).doesNotContain("Exception");
            assertThat(log.all()).noneMatch(line -> line.contains("Exception"));
        }
    }

    @Test
    void the_last_attempt_does_not_promise_another() {
        rig.standIn().override(request -> Optional.of(Answer.html(503, "Down")));
        try (CapturedLog log = CapturedLog.of(Level.INFO)) {
            rig.crawl();
            assertThat(log.ours(Level.INFO).stream().filter(line -> line.startsWith("A request failed")))
                    .hasSize(3)
                    .allMatch(line -> line.contains("reason=HTTP 503") && !line.contains("Failure"))
                    .satisfiesOnlyOnce(line -> assertThat(line).contains("is given up", "attempt=3"));
        }
    }
}
