package dev.catchment.policy.judge;

import static dev.catchment.policy.Pages.NOW;
import static dev.catchment.policy.Pages.judge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.policy.Pages;
import dev.catchment.policy.page.Expected;
import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.FetchType;
import dev.catchment.policy.page.Fetched;
import dev.catchment.policy.page.Rules;
import dev.catchment.policy.page.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
    private static final String POLICY = "<h1>Fees</h1><p>" + "The fee for a visa is 80 dollars. ".repeat(100) + "</p>";

    @Test
    void a_policy_is_a_text_whatever_it_speaks_of() {
        String spoken = POLICY + "<p>If access is denied, try again later. Page not found? Under maintenance?</p>";
        Verdict verdict = judge(Pages.html(spoken));
        assertThat(verdict.outcome()).isEqualTo(FetchOutcome.OK);
        assertThat(verdict.text().text()).startsWith("Fees\nThe fee for a visa is 80 dollars.\n");
    }

    @Test
    void a_short_policy_is_a_text() {
        assertThat(judge(Pages.html("<title>Visa fee - GOV</title><p>The fee is 80 dollars.</p>"))
                        .hasText())
                .isTrue();
    }

    @Test
    void what_is_not_of_the_type_of_the_source_is_refused_for_its_true_reason() {
        assertThat(judge(Pages.html("%PDF-1.7 ...")).outcome()).isEqualTo(FetchOutcome.WRONG_TYPE);
        assertThat(judge(Pages.html(POLICY), FetchType.PDF).outcome()).isEqualTo(FetchOutcome.WRONG_TYPE);
        assertThat(judge(Pages.html("<title>404 Not Found</title>"), FetchType.PDF)
                        .outcome())
                .isEqualTo(FetchOutcome.SOFT_NOT_FOUND);
        Fetched noType = new Fetched(Pages.URL, Pages.URL, 200, Map.of(), POLICY.getBytes(StandardCharsets.UTF_8));
        assertThat(judge(noType).outcome()).isEqualTo(FetchOutcome.OK);
    }

    @ParameterizedTest
    @CsvSource({"'', EMPTY", "'  ', EMPTY", "<html><body></body>, EMPTY", "<script>x()</script>, EMPTY"})
    void what_holds_no_text_is_no_text(String body, FetchOutcome outcome) {
        assertThat(judge(Pages.html(body)).outcome()).isEqualTo(outcome);
    }

    @Test
    void what_is_too_large_is_not_read() {
        Judge small = new Judge(1_000, 2_000, Pages.JUDGE.reader());
        Expected expected = new Expected(FetchType.HTML, Rules.NONE, 0);
        assertThat(small.judge(Pages.html(POLICY), expected, NOW).outcome()).isEqualTo(FetchOutcome.OVERSIZE);
        assertThat(small.judge(Pages.html("<p>fine</p>"), expected, NOW).outcome())
                .isEqualTo(FetchOutcome.OK);
    }

    @Test
    void a_wrong_charset_is_an_error_and_a_single_lost_letter_is_not() {
        byte[] latin =
                "<p>Die Gebühr für das Visum beträgt 80 Euro für jeden</p>".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(judge(Pages.html(latin)).outcome()).isEqualTo(FetchOutcome.BAD_CHARSET);
        assertThat(judge(Pages.html(POLICY + "\uFFFD")).outcome()).isEqualTo(FetchOutcome.OK);
    }

    @Test
    void a_text_that_lost_nearly_all_is_an_error_unless_its_rules_say_otherwise() {
        Fetched page = Pages.html("<p>" + "a word ".repeat(20));
        assertThat(shrunk(page, Rules.NONE, 10_000).outcome()).isEqualTo(FetchOutcome.SHRUNKEN);
        assertThat(shrunk(page, Rules.NONE, 10_000).words())
                .contains("minimum_share")
                .endsWith("characters=140 last=10000");
        assertThat(shrunk(page, Rules.NONE, 600).outcome()).isEqualTo(FetchOutcome.OK);
        Rules any = new Rules(List.of(), List.of(), List.of(), 0);
        assertThat(shrunk(page, any, 10_000).outcome()).isEqualTo(FetchOutcome.OK);
    }

    @Test
    void rules_that_find_or_leave_nothing_are_an_error() {
        Rules lost = new Rules(List.of("#policy"), List.of(), List.of(), 0.2);
        assertThat(shrunk(Pages.html(POLICY), lost, 0).outcome()).isEqualTo(FetchOutcome.MISSING_SELECTOR);
        Rules greedy = new Rules(List.of(), List.of(), List.of(Pattern.compile(".*")), 0.2);
        assertThat(shrunk(Pages.html(POLICY), greedy, 0).outcome()).isEqualTo(FetchOutcome.ALL_IGNORED);
    }

    private static Verdict shrunk(Fetched page, Rules rules, int lastLength) {
        return Pages.JUDGE.judge(page, new Expected(FetchType.HTML, rules, lastLength), NOW);
    }
}
