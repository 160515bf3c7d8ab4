package dev.catchment.policy.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.policy.Pages;
import dev.catchment.policy.Papers;
import dev.catchment.policy.page.Expected;
import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.FetchType;
import dev.catchment.policy.page.Fetched;
import dev.catchment.policy.page.Rules;
import dev.catchment.policy.text.PdfLines;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read is read within its time, in a process that is given up with it. */
class PageReaderTest {
    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    @Timeout(60)
    void a_pattern_that_would_take_for_ever_ends_with_its_time() throws Exception {
        Rules rules = Rules.of(new ObjectMapper().readTree("{\"rules\": {\"ignore\": [\"(.*a){12}z\"]}}"));
        Fetched page = Pages.html("<p>The fee is 80. " + "a".repeat(500) + "!");
        assertThat(judge(page, FetchType.HTML, rules, SHORT)).isEqualTo(FetchOutcome.TOO_SLOW);
    }

    @Test
    void what_takes_too_long_is_given_up() {
        Fetched paper = Pages.pdf(Papers.of(
                IntStream.range(0, 300).mapToObj(page -> "page " + page).toArray(String[]::new)));
        assertThat(judge(paper, FetchType.PDF, Rules.NONE, Duration.ZERO)).isEqualTo(FetchOutcome.TOO_SLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"title", "list"})
    void what_is_long_takes_no_longer_than_its_length(String what) {
        String text = what.equals("title")
                ? "<title>a" + "!".repeat(400_000) + "a</title>"
                : "<ol>" + "<li>a".repeat(100_000);
        Fetched page = Pages.html("<!doctype html><p>The fee is 80." + text);
        assertThat(judge(page, FetchType.HTML, Rules.NONE, Duration.ofSeconds(30)))
                .isEqualTo(FetchOutcome.OK);
    }

    @Test
    @Timeout(30)
    void a_word_without_end_takes_no_longer_than_its_length() {
        String line = "a".repeat(400_000);
        assertThat(PdfLines.of(List.of(line + "A-\nb\n" + line))).isEqualTo(line + "Ab\n" + line + "\n");
    }

    private static FetchOutcome judge(Fetched page, FetchType type, Rules rules, Duration longest) {
        try (PageReader reader = new PageReader(1, 128 << 20, 500, 2 << 20, longest.toMillis())) {
            Judge judge = new Judge(5_000_000, 20_000_000, reader);
            return judge.judge(page, new Expected(type, rules, 0), Pages.NOW).outcome();
        }
    }
}
