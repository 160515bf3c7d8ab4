package dev.catchment.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.policy.diff.Diff;
import dev.catchment.policy.diff.Patch;
import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.FetchType;
import dev.catchment.policy.page.PageText;
import dev.catchment.policy.page.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was measured on real PDFs; skipped where the recorded data is not beside the project. */
class RecordedPapersTest {
    @ParameterizedTest
    @CsvSource({
        "g-28, 7500, 8000, Form G-28 09/17/18",
        "g-28instr, 17000, 18500, Instructions for Notice of Entry of Appearance",
        "i-129f, 22000, 23500, Form I-129F Edition 01/20/25",
        "i-129finstr, 47000, 49500, You may file this petition if you are a U.S. citizen and:"
    })
    void an_encrypted_form_that_everybody_may_open_is_read(String form, int least, int most, String says) {
        String text = text("MaxRodin/" + form + ".pdf").text();
        assertThat(text.length()).isBetween(least, most);
        assertThat(text).contains(says).doesNotContainPattern("(?m)Page \\d+ of \\d+$");
    }

    @Test
    void the_date_of_an_edition_is_said_once() {
        assertThat(text("MaxRodin/i-129f.pdf").text().split("Edition 01/20/25", -1))
                .hasSize(2);
    }

    @Test
    void one_that_asks_for_a_password_is_refused() {
        assertThat(judge("urlwatch/pdf-test-password.pdf").outcome()).isEqualTo(FetchOutcome.ENCRYPTED);
        assertThat(judge("urlwatch/pdf-test.pdf").outcome()).isEqualTo(FetchOutcome.OK);
    }

    @Test
    void one_without_text_is_refused() {
        assertThat(judge("ota-engine/termsWithoutText.pdf").outcome()).isEqualTo(FetchOutcome.SCANNED);
    }

    @Test
    void a_true_change_is_told_and_leads_from_the_one_to_the_other() {
        PageText terms = text("ota-engine/terms.pdf");
        PageText modified = text("ota-engine/termsModified.pdf");
        assertThat(modified.hash()).isNotEqualTo(terms.hash());
        Diff diff = Diff.between(terms.text(), modified.text());
        assertThat(diff.added()).isPositive();
        assertThat(Patch.apply(terms.text(), diff.unified())).isEqualTo(modified.text());
        assertThat(text("MaxRodin/PdfTest_Second.pdf").hash())
                .isNotEqualTo(text("MaxRodin/PdfTest_First.pdf").hash());
    }

    private static PageText text(String name) {
        Verdict verdict = judge(name);
        assertThat(verdict.outcome()).isEqualTo(FetchOutcome.OK);
        return verdict.text();
    }

    private static Verdict judge(String name) {
        return Pages.judge(Pages.pdf(Pages.recorded("pdf/" + name)), FetchType.PDF);
    }
}
