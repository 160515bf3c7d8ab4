package dev.catchment.policy.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.catchment.policy.Papers;
import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.Rules;
import dev.catchment.policy.page.Unreadable;
import dev.catchment.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.junit.jupiter.api.Test;

class PdfTextTest {
    private static final PdfText READER = new PdfText(10);

    @Test
    void saving_it_again_does_not_change_the_text() throws Unreadable {
        byte[] one = Papers.encrypted("", new AccessPermission(), "Fees", "The fee is 80.");
        byte[] again = Papers.encrypted("", new AccessPermission(), "Fees", "The fee is 80.");
        assertThat(Sha256.of(again)).isNotEqualTo(Sha256.of(one));
        assertThat(text(one)).isEqualTo("Fees\nThe fee is 80.\n");
        assertThat(READER.of(again, Rules.NONE)).isEqualTo(READER.of(one, Rules.NONE));
    }

    @Test
    void what_stands_on_each_page_is_said_once_without_its_number() throws Unreadable {
        String[] pages = IntStream.rangeClosed(1, 4)
                .mapToObj(page ->
                        "Policy 2026\nText of page %s\nmore\nand more\nstill more\nForm X Edition 01/20/25 Page %d of 4"
                                .formatted("abcd".charAt(page - 1), page))
                .toArray(String[]::new);
        assertThat(text(Papers.of(pages)).lines())
                .startsWith("Policy 2026", "Text of page a", "more", "and more")
                .contains("Text of page d", "Form X Edition 01/20/25")
                .filteredOn(line -> line.contains("Policy") || line.contains("Edition"))
                .hasSize(2);
    }

    @Test
    void bare_page_numbers_go_and_a_number_within_the_text_stays() throws Unreadable {
        String text = text(Papers.of("a\nThe fee:\n85\neuros\n1", "b\nc\nd\ne\n2", "f\ng\nh\ni\n3"));
        assertThat(text).isEqualTo("a\nThe fee:\n85\neuros\nb\nc\nd\ne\nf\ng\nh\ni\n");
    }

    @Test
    void words_are_joined_over_line_ends_but_for_those_that_have_a_hyphen() throws Unreadable {
        assertThat(text(Papers.of("No infor-\nmation on short-\nterm visas.\nA short-term visa. Form I-\n129F")))
                .isEqualTo("No information on short-term visas.\nA short-term visa. Form I-\n129F\n");
    }

    @Test
    void what_is_printed_across_the_text_does_not_break_its_words() throws Unreadable {
        String text = text(Papers.watermarked("The fee for a visa is 80\nand is not refunded\nin any case.", "Draft"));
        assertThat(text).startsWith("The fee for a visa is 80\nand is not refunded\nin any case.\n");
        assertThat(text.replaceAll("\\s", "")).endsWith("case.Draft");
    }

    @Test
    void rules_ignore_in_the_hash_alone() throws Unreadable {
        Rules rules = new Rules(List.of(), List.of(), List.of(Pattern.compile("(?m)^Printed: .*")), 0.2);
        assertThat(READER.of(Papers.of("Fee 80\nPrinted: today"), rules).hash())
                .isEqualTo(READER.of(Papers.of("Fee 80\nPrinted: yesterday"), rules)
                        .hash());
    }

    @Test
    void a_password_is_not_guessed() {
        assertThat(failure(READER, Papers.encrypted("secret", new AccessPermission(), "x")))
                .isEqualTo(FetchOutcome.ENCRYPTED);
    }

    @Test
    void what_may_be_read_aloud_is_read_and_what_may_not_is_refused() throws Unreadable {
        AccessPermission aloud = new AccessPermission();
        aloud.setCanExtractContent(false);
        assertThat(text(Papers.encrypted("", aloud, "Fee 80"))).isEqualTo("Fee 80\n");
        AccessPermission nothing = new AccessPermission(aloud.getPermissionBytes());
        nothing.setCanExtractForAccessibility(false);
        assertThat(failure(READER, Papers.encrypted("", nothing, "Fee 80"))).isEqualTo(FetchOutcome.ENCRYPTED);
    }

    @Test
    void one_without_text_is_refused() {
        assertThat(failure(READER, Papers.of(" "))).isEqualTo(FetchOutcome.SCANNED);
    }

    @Test
    void a_form_that_only_one_program_shows_is_refused() {
        assertThat(
                        failure(
                                READER,
                                Papers.of(
                                        "Please wait...\nIf this message is not eventually replaced with the proper"
                                                + " contents\nof the document, your PDF viewer may not be able to display this document.")))
                .isEqualTo(FetchOutcome.DYNAMIC_FORM);
    }

    @Test
    void one_with_more_pages_than_are_read_is_refused_whole() {
        assertThat(failure(new PdfText(2), Papers.of("a", "b", "c"))).isEqualTo(FetchOutcome.TOO_MANY_PAGES);
    }

    @Test
    void a_damaged_one_is_refused() {
        byte[] whole = Papers.of("The fee is 80.");
        assertThat(failure(READER, Arrays.copyOf(whole, whole.length / 2))).isEqualTo(FetchOutcome.BROKEN);
        assertThat(failure(READER, "%PDF-1.7 and nothing of it %%EOF".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(FetchOutcome.BROKEN);
    }

    private static String text(byte[] pdf) throws Unreadable {
        return READER.of(pdf, Rules.NONE).text();
    }

    private static FetchOutcome failure(PdfText reader, byte[] pdf) {
        return catchThrowableOfType(Unreadable.class, () -> reader.of(pdf, Rules.NONE))
                .outcome();
    }
}
