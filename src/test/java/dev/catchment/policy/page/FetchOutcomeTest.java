package dev.catchment.policy.page;

import static dev.catchment.policy.Pages.judge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.policy.Pages;
import dev.catchment.policy.page.FetchOutcome.Retry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What status, headers and addresses say before the body is looked at. */
class FetchOutcomeTest {
    private static final byte[] POLICY =
            "<h1>Fees</h1><p>The fee for a visa is 80 dollars.".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @EnumSource
    void every_outcome_says_to_an_operator_what_happened(FetchOutcome outcome) {
        assertThat(outcome.code()).matches("[a-z_]+");
        assertThat(outcome.words()).matches("[A-Z].*\\.");
        assertThat(Arrays.stream(FetchOutcome.values())
                        .filter(other -> other.words().equals(outcome.words())))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "304, UNCHANGED, NEXT_CHECK",
        "404, NOT_FOUND, NEXT_CHECK",
        "410, GONE, WEEKLY",
        "401, LOGIN_NEEDED, WEEKLY",
        "403, FORBIDDEN, BACK_OFF",
        "406, FORBIDDEN, BACK_OFF",
        "451, LEGAL_BLOCK, WEEKLY",
        "429, TOO_MANY_REQUESTS, BACK_OFF",
        "503, UNAVAILABLE, BACK_OFF",
        "500, SERVER_ERROR, NOW",
        "502, SERVER_ERROR, NOW",
        "408, SERVER_ERROR, NOW",
        "400, BAD_REQUEST, WEEKLY",
        "302, MOVED, NEXT_CHECK",
        "204, ODD_STATUS, NEXT_CHECK",
        "206, ODD_STATUS, NEXT_CHECK",
    })
    void a_status_has_its_cause_and_its_retry(int status, FetchOutcome outcome, Retry retry) {
        Verdict verdict = judge(Pages.status(status, Map.of()));
        assertThat(verdict.outcome()).isEqualTo(outcome);
        assertThat(outcome.retry()).isEqualTo(retry);
        assertThat(verdict.hasText()).isFalse();
        assertThat(verdict.retryAfter()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"120, PT2M", "'Sun, 01 Mar 2026 12:05:00 GMT', PT5M", "'Sun, 01 Mar 2026 11:00:00 GMT', PT0S"})
    void the_server_is_left_alone_as_long_as_it_asks(String header, Duration wait) {
        assertThat(judge(Pages.status(429, Map.of("Retry-After", header))).retryAfter())
                .isEqualTo(wait);
        assertThat(judge(Pages.status(503, Map.of("retry-after", header))).retryAfter())
                .isEqualTo(wait);
    }

    @Test
    void what_cannot_be_read_as_a_time_is_no_time() {
        assertThat(judge(Pages.status(503, Map.of("Retry-After", "soon"))).retryAfter())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.example.gov/a/b, https://www.example.gov/, SOFT_NOT_FOUND",
        "https://www.example.gov/a/b, https://example.gov/en/index.html, SOFT_NOT_FOUND",
        "https://www.example.gov/, https://www.example.gov/en/, OK",
        "https://www.example.gov/a/b, https://www.example.gov/a/c, OK",
        "https://www.example.gov/a/b, https://other.gov/, OK",
        "https://www.federalregister.gov/a, https://unblock.federalregister.gov/x, TOO_MANY_REQUESTS",
        "https://www.example.gov/a, https://www.example.gov/error?aspxerrorpath=/a, SERVER_ERROR",
    })
    void where_a_redirect_ends_tells_an_error(URI asked, URI answered, FetchOutcome outcome) {
        assertThat(judge(new Fetched(asked, answered, 200, Map.of(), POLICY)).outcome())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "cf-mitigated, challenge, CHALLENGE",
        "x-amzn-waf-action, captcha, CHALLENGE",
        "apex-debug-id, a;level=error, SERVER_ERROR"
    })
    void a_header_tells_an_error(String name, String value, FetchOutcome outcome) {
        Fetched page = new Fetched(Pages.URL, Pages.URL, 200, Map.of(name, value), POLICY);
        assertThat(judge(page).outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 403, 405, 429, 503})
    void a_test_for_robots_is_one_whatever_its_status(int status) {
        assertThat(judge(Pages.status(status, Map.of("cf-mitigated", "challenge")))
                        .outcome())
                .isEqualTo(FetchOutcome.CHALLENGE);
    }
}
