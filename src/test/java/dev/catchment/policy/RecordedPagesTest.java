package dev.catchment.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.policy.diff.Diff;
import dev.catchment.policy.diff.Patch;
import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.PageText;
import dev.catchment.policy.page.Verdict;
import dev.catchment.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was measured on real pages; skipped where the recorded data is not beside the project. */
class RecordedPagesTest {
    private static final String USCIS = "uscis-changes/2025-07-06T";

    @Test
    void two_fetches_of_the_policy_manual_are_one_text() {
        byte[] one = Pages.recorded(USCIS + "13-47-08-04-00_3f1f875_snapshots_policy.last.html");
        byte[] other = Pages.recorded(USCIS + "14-09-51-04-00_09d6c98_snapshots_policy.last.html");
        assertThat(Sha256.of(one)).isNotEqualTo(Sha256.of(other));
        PageText text = text(one);
        assertThat(text.text().length()).isBetween(175_000, 182_000);
        assertThat(text(other)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"i-694-detail-example", "uscis-allforms-example"})
    void the_tokens_of_a_form_page_do_not_count(String page) {
        String once = new String(Pages.recorded("uscis-forms-html/" + page + ".html"), StandardCharsets.UTF_8);
        Random tokens = new Random(1);
        String again = Pattern.compile("form-[\\w-]{43}|js-view-dom-id-[0-9a-f]{64}")
                .matcher(once)
                .replaceAll(token -> token.group().substring(0, 5) + Long.toHexString(tokens.nextLong()));
        assertThat(again).isNotEqualTo(once);
        assertThat(Pages.text(once)).hasSizeGreaterThan(3_000);
        assertThat(Pages.normalised(again)).isEqualTo(Pages.normalised(once));
    }

    @Test
    void the_list_of_forms_is_a_row_a_form() {
        assertThat(text(Pages.recorded("uscis-forms-html/uscis-allforms-example.html"))
                        .text()
                        .lines())
                .filteredOn(line -> line.contains(" | "))
                .hasSize(104)
                .contains("AR-11 | Alien’s Change of Address Card");
    }

    @ParameterizedTest
    @CsvSource({"html_afghanistan, 10", "html_afghanistan_transit, 11", "html_afghanistan_work, 11"})
    void the_revisions_of_a_question_are_three_texts(String folder, int revisions) {
        List<PageText> texts = Pages.recordedAll("govuk-check-uk-visa/" + folder).stream()
                .map(RecordedPagesTest::text)
                .toList();
        assertThat(texts).hasSize(revisions);
        assertThat(texts.stream().map(PageText::hash).distinct()).hasSize(3);
        assertThat(texts.get(0).text()).contains("Last updated: 1 January 2015");
        assertThat(texts.get(revisions - 1).text()).contains("Last updated: 5 May 2016");
    }

    @Test
    void a_question_within_a_form_keeps_its_answers() {
        byte[] last =
                Pages.recordedAll("govuk-check-uk-visa/html_afghanistan_work").get(10);
        assertThat(text(last).text())
                .contains(
                        "How long are you planning to work in the UK for?\n- 6 months or less\n- longer than 6 months\n");
    }

    @Test
    void every_visa_bulletin_keeps_its_tables() {
        List<byte[]> bulletins = Pages.recordedAll("visa-bulletin");
        assertThat(bulletins).hasSize(24).allSatisfy(bulletin -> {
            String text = text(bulletin).text();
            assertThat(text.length()).isBetween(18_500, 29_000);
            assertThat(text.lines().filter(line -> line.contains(" | "))).hasSizeGreaterThanOrEqualTo(49);
            assertThat(text).containsPattern("\nF1 \\| \\S+ \\| \\S+ \\| \\S+ \\| \\S+ \\| \\S+\n");
            assertThat(text).contains("A. STATUTORY NUMBERS");
        });
    }

    @Test
    void a_diff_of_two_bulletins_leads_from_the_one_text_as_it_is_kept_to_the_other() {
        List<String> texts = Pages.recordedAll("visa-bulletin").stream()
                .map(bulletin -> text(bulletin).text())
                .toList();
        for (int i = 1; i < texts.size(); i++) {
            Diff diff = Diff.between(texts.get(i - 1), texts.get(i));
            assertThat(diff.isReplaced()).isFalse();
            assertThat(Patch.apply(texts.get(i - 1), diff.unified())).isEqualTo(texts.get(i));
        }
    }

    @Test
    void sixty_versions_that_differ_in_link_targets_are_one_text() {
        List<byte[]> versions = Pages.recordedAll("ota-pga-versions/Instagram_Law_Enforcement");
        assertThat(versions.stream().map(Sha256::of).distinct()).hasSize(60);
        List<PageText> texts = versions.stream()
                .map(version -> text(Pages.ofMarkdown(version)))
                .toList();
        assertThat(texts.stream().map(PageText::hash).distinct()).hasSize(1);
        assertThat(texts.get(0).links()).anySatisfy(link -> assertThat(link).startsWith("https://l.instagram.com/?u="));
        assertThat(texts.stream().map(PageText::linksHash).distinct()).hasSize(1);
    }

    @Test
    void an_error_page_never_becomes_a_policy() {
        List<byte[]> versions = Pages.recordedAll("ota-pga-versions/Spotify_Privacy_Policy");
        List<Verdict> verdicts = versions.stream()
                .map(version -> Pages.judge(Pages.html(Pages.ofMarkdown(version))))
                .toList();
        assertThat(verdicts.stream().collect(Collectors.groupingBy(Verdict::outcome, Collectors.counting())))
                .containsOnly(Map.entry(FetchOutcome.OK, 19L), Map.entry(FetchOutcome.SOFT_ERROR, 11L));
    }

    private static PageText text(byte[] html) {
        Verdict verdict = Pages.judge(Pages.html(html));
        assertThat(verdict.outcome()).isEqualTo(FetchOutcome.OK);
        return verdict.text();
    }
}
