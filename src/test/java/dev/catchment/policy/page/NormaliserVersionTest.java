package dev.catchment.policy.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NormaliserVersionTest {
    @Test
    void names_the_steps_the_library_and_the_rules() {
        assertThat(version(FetchType.HTML, Rules.NONE)).matches("html-2 jsoup-\\d+\\.\\d+\\.\\d+ rules-[0-9a-f]{12}");
        assertThat(version(FetchType.PDF, Rules.NONE)).matches("pdf-1 pdfbox-\\d+\\.\\d+\\.\\d+ rules-[0-9a-f]{12}");
    }

    @Test
    void is_another_for_each_rule_that_may_change_a_text() {
        assertThat(List.of(
                        of(List.of(), List.of(), ""),
                        of(List.of("a"), List.of(), ""),
                        of(List.of(), List.of("a"), ""),
                        of(List.of("a", "b"), List.of(), ""),
                        of(List.of("a, b"), List.of(), ""),
                        of(List.of(), List.of(), "a")))
                .doesNotHaveDuplicates();
    }

    @Test
    void is_the_same_for_a_rule_that_only_judges() {
        assertThat(version(FetchType.HTML, new Rules(List.of(), List.of(), List.of(), 0.9)))
                .isEqualTo(version(FetchType.HTML, Rules.NONE));
    }

    private static String of(List<String> content, List<String> drop, String ignore) {
        List<Pattern> patterns = ignore.isEmpty() ? List.of() : List.of(Pattern.compile(ignore));
        return version(FetchType.HTML, new Rules(content, drop, patterns, 0.2));
    }

    private static String version(FetchType type, Rules rules) {
        return NormaliserVersion.of(type, rules);
    }
}
