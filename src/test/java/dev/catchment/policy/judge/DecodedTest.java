package dev.catchment.policy.judge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.policy.Pages;
import dev.catchment.policy.page.Fetched;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodedTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "text/html; charset=\"ISO-8859-1\", '', windows-1252",
                "text/html;charset=iso-8859-2, <meta charset=utf-8>, iso-8859-2",
                "text/html, <meta charset='iso-8859-15'>, iso-8859-15",
                "text/html; charset=no-such, '<meta http-equiv=\"Content-Type\" content=\"text/html; charset=koi8-r\">', koi8-r",
                "none, <meta charset=utf-16>, utf-8",
                "none, '<p data-x=\"charset=koi8-r\">', utf-8",
            })
    void is_in_the_charset_that_is_said_first(String type, String start, Charset charset) {
        Map<String, String> headers = type == null ? Map.of() : Map.of("content-type", type);
        byte[] body = (start + "fée").getBytes(charset);
        Decoded decoded = Decoded.of(new Fetched(Pages.URL, Pages.URL, 200, headers, body));
        assertThat(decoded.charset()).isEqualTo(charset);
        assertThat(decoded.text()).endsWith(new String("fée".getBytes(charset), charset));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void a_byte_order_mark_has_the_first_word_and_is_no_text(String name) {
        byte[] body = "\uFEFFfée".getBytes(Charset.forName(name));
        Fetched page =
                new Fetched(Pages.URL, Pages.URL, 200, Map.of("Content-Type", "text/html; charset=koi8-r"), body);
        assertThat(Decoded.of(page)).isEqualTo(new Decoded("fée", Charset.forName(name)));
    }

    @Test
    void what_says_nothing_is_utf_8_if_it_can_be_else_windows_1252() {
        assertThat(nothingSaid("Visa fee – €80".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("Visa fee – €80");
        assertThat(nothingSaid("Visa fee – €80".getBytes(Charset.forName("windows-1252"))))
                .isEqualTo("Visa fee – €80");
    }

    private static String nothingSaid(byte[] body) {
        return Decoded.of(new Fetched(Pages.URL, Pages.URL, 200, Map.of(), body))
                .text();
    }
}
