package dev.catchment.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SentencesTest {
    private static final String LONG =
            "The applicant must pay the fee of $80. U.S. citizens need no visa (see section 5)."
                    + " “Fees are not refunded.” They may rise by 3.5% a year! Do they?";

    @Test
    void a_long_line_is_cut_at_its_sentences_and_not_within_them() {
        assertThat(Sentences.of(LONG))
                .containsExactly(
                        "The applicant must pay the fee of $80.",
                        "U.S. citizens need no visa (see section 5).",
                        "“Fees are not refunded.”",
                        "They may rise by 3.5% a year!",
                        "Do they?");
    }

    @Test
    void the_number_of_an_item_stays_with_it() {
        assertThat(Sentences.of("12. " + LONG).get(0)).isEqualTo("12. The applicant must pay the fee of $80.");
    }

    @Test
    void cutting_again_changes_nothing() {
        String twice = LONG + " " + LONG;
        List<String> cut = Sentences.of(twice);
        assertThat(cut.stream().flatMap(line -> Sentences.of(line).stream())).isEqualTo(cut);
    }

    @Test
    void short_lines_and_rows_of_tables_stay_whole() {
        assertThat(Sentences.of("One. Two.")).containsExactly("One. Two.");
        assertThat(Sentences.of("Fee | " + LONG)).containsExactly("Fee | " + LONG);
    }
}
