package dev.catchment.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CleanTextTest {
    @Test
    void holds_nothing_that_cannot_be_stored_or_seen() {
        assertThat(CleanText.of("a\uD800b \uD83D\uDE00\u0000\u0007\r\n\u00A0\n\tc\u2028d\u200B\n"))
                .isEqualTo("a\uFFFDb \uD83D\uDE00\nc d\n");
    }
}
