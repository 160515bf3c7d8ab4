package dev.catchment.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text is written as Latin 1 here, so that a character is a byte. */
class StorableTextTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{\"a\":\"\\u0000\"},nul-character",
                "{\"a\":\"\\\\\\u0000\"},nul-character",
                "{\"a\":\"\\ud83d\"},bad-unicode",
                "{\"a\":\"\\uDE00\\uD83D\"},bad-unicode",
                "{\"a\":\"\\ud83d\\u0041\"},bad-unicode",
                "{\"a\":\"caf\u00E9\"},bad-unicode",
                "{\"a\":\"\u00ED\u00A0\u0080\"},bad-unicode",
                "{\"a\":\"\u00C0\u0080\"},bad-unicode",
                "\u00EF\u00BB\u00BF{},not-json"
            })
    void what_postgresql_refuses_is_refused(String json, String reason) {
        assertThatThrownBy(() -> check(json))
                .isInstanceOfSatisfying(
                        BadRecord.class, bad -> assertThat(bad.reason()).isEqualTo(reason));
    }

    @Test
    void a_byte_of_nothing_is_refused() {
        assertThatThrownBy(() -> check("{\"a\":\"\0\"}")).isInstanceOf(BadRecord.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"\\\\u0000\"}",
                "{\"a\":\"\\ud83d\\ude00\"}",
                "{\"a\":\"\u00EF\u00BF\u00BD\"}",
                "{\"a\":\"\u00F0\u009F\u0098\u0080\"}",
                "{\"a\":\"\\u12",
                "{\"a\":\"\\"
            })
    void what_can_be_stored_or_is_for_the_parser_to_report_passes(String json) {
        assertThatCode(() -> check(json)).doesNotThrowAnyException();
    }

    private static void check(String json) throws BadRecord {
        byte[] bytes = ("#" + json).getBytes(StandardCharsets.ISO_8859_1);
        StorableText.check(bytes, 1, bytes.length - 1);
    }
}
