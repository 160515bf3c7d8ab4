package dev.catchment.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {
    /** Overlong, of a surrogate, beyond Unicode, cut off, a lone continuation, Latin 1. */
    @ParameterizedTest
    @CsvSource({"61C0AF,1", "EDA080,0", "6161F4908080,2", "61E282,1", "80,0", "63616FE9,3", "EFBFBD,-1", "F09F9880,-1"})
    void the_first_sequence_that_is_no_utf_8_is_found(String hex, int place) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(Utf8.malformedAt(bytes, 0, bytes.length)).isEqualTo(place);
    }

    @Test
    void a_place_far_behind_is_counted_from_the_beginning_of_the_array() {
        byte[] bytes = "é".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 1] = 'x';
        assertThat(Utf8.malformedAt(bytes, 2, bytes.length - 2)).isEqualTo(bytes.length - 2);
    }

    @ParameterizedTest
    @CsvSource({"EFBBBF61,UTF-8", "FFFE6100,UTF-16LE", "FEFF0061,UTF-16BE", "EFBB,", "61,", "'',"})
    void a_byte_order_mark_says_the_charset(String hex, String charset) {
        Charset found = Utf8.marked(HexFormat.of().parseHex(hex));
        assertThat(found).isEqualTo(charset == null ? null : Charset.forName(charset));
    }
}
