package dev.catchment.catalog;

import static dev.catchment.catalog.Results.changed;
import static dev.catchment.catalog.Results.fixture;
import static dev.catchment.catalog.Results.refused;
import static dev.catchment.catalog.Results.resource;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.BadRecord;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadRecordTest {

    private static final String GOOD = fixture("asset-2025").toString();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "no-id        | \"id\":\"wppx-73fm\",                      | ",
                "no-id        | \"wppx-73fm\"                              | \"  \"",
                "bad-id       | \"id\":\"wppx-73fm\"                       | \"id\":\"wppx-73fl\"",
                "bad-id       | \"id\":\"wppx-73fm\"                       | \"id\":\"wppx-73fm:2\"",
                "no-domain    | \"domain\":\"data.example.gov\"            | \"domain\":\"\"",
                "no-domain    | \"domain\":\"data.example.gov\"            | \"domain\":\"no host/at all\"",
                "no-name      | \"name\":\" Street Trees \"                | \"name\":\"{{name}}\"",
                "no-name      | \"name\":\" Street Trees \"                | \"name\":null",
                "wrong-type   | \"name\":\" Street Trees \"                | \"name\":7",
                "wrong-type   | \"page_views_total\":332                   | \"page_views_total\":-1",
                "wrong-type   | \"page_views_total\":332                   | \"page_views_total\":1.5",
                "wrong-type   | \"page_views_total\":332                   | \"page_views_total\":9223372036854775808",
                "wrong-type   | \"page_views_total\":332                   | \"page_views_total\":1e131071",
                "wrong-type   | \"noCommas\":\"true\"                      | \"noCommas\":1e400000",
                "wrong-type   | \"noCommas\":\"true\"                      | \"noCommas\":1e-20000",
                "wrong-type   | \"noCommas\":\"true\"                      | \"noCommas\":1e99999999999",
                "wrong-type   | \"noCommas\":\"true\"                      | \"noCommas\":0e-20000",
                "wrong-type   | \"metadata\":{\"domain\"                   | \"metadata\":7,\"m\":{\"domain\"",
                "wrong-type   | \"domain_tags\":[\"trees\"                 | \"domain_tags\":[{}",
                "bad-date     | 2025-06-01T08:00:00.123Z                   | 10000-01-01T00:00:00.000Z",
                "bad-date     | 2025-06-01T08:00:00.123Z                   | 2025-02-30T00:00:00.000Z",
                "bad-date     | 2025-06-01T08:00:00.123Z                   | 2025-06-01T08:00:00.123",
                "bad-date     | 2025-06-01T08:00:00.123Z                   | yesterday",
                "nul-character | Public Domain                             | Public\\u0000Domain",
                "nul-character | \"noCommas\"                              | \"no\\u0000Commas\"",
                "bad-unicode  | Public Domain                              | Public\\ud800Domain",
                "bad-unicode  | Public Domain                              | \\udc00",
                "bad-unicode  | Public Domain                              | \\ud83d\\u0041",
                "not-json     | \"Public Domain\"                          | Public",
            })
    void tells_the_reason(String reason, String good, String bad) {
        assertThat(GOOD).contains(good);
        BadRecord refused = refused(GOOD.replace(good, bad == null ? "" : bad));
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.getMessage()).contains("rejected").doesNotContain("\u0000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "\"x\"", "[]", "null", "true"})
    void a_record_that_is_no_object_has_the_wrong_type(String json) {
        assertThat(refused(json).reason()).isEqualTo("wrong-type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "{", "{} {}", "{}x", "\uFEFF{}"})
    void a_record_that_is_not_one_json_value_is_not_json(String json) {
        assertThat(refused(json).reason()).isEqualTo("not-json");
        assertThat(refused(json).key()).isNull();
    }

    @Test
    void says_which_field_and_what_was_found() {
        BadRecord bad =
                refused(changed(r -> resource(r).put("download_count", "many")).toString());
        assertThat(bad).hasMessageContaining("resource.download_count").hasMessageContaining("string \"many\"");
        BadRecord number = refused(GOOD.replace("\"noCommas\":\"true\"", "\"noCommas\":1e400000"));
        assertThat(number)
                .hasMessageContaining("/resource/columns_format/2/noCommas")
                .hasMessageContaining("1E+400000");
    }

    @Test
    void keeps_the_key_of_a_record_that_is_bad_elsewhere() {
        assertThat(refused(GOOD.replace("Public Domain", "\\u0000")).key()).isEqualTo("wppx-73fm");
        assertThat(refused(GOOD.replace("2025-06-01T08", "x")).key()).isEqualTo("wppx-73fm");
        assertThat(refused(GOOD.substring(0, GOOD.length() - 9)).key()).isEqualTo("wppx-73fm");
        assertThat(refused(GOOD.replace("wppx-73fm", "WPPX")).key()).isEqualTo("WPPX");
        assertThat(refused(GOOD.replace("wppx-73fm", "w\\u0000")).key()).isNull();
    }

    @Test
    void finds_a_nul_behind_a_later_duplicate_key() {
        assertThat(refused("{\"a\":\"\\u0000\",\"a\":1}").reason()).isEqualTo("nul-character");
    }

    @Test
    void a_written_backslash_before_u0000_is_no_nul() throws BadRecord {
        assertThat(Results.normalise(GOOD.replace("Public Domain", "a\\\\u0000"))
                        .license())
                .isEqualTo("a\\u0000");
    }

    @Test
    void accepts_a_surrogate_pair_and_text_of_all_lengths() throws BadRecord {
        assertThat(Results.normalise(GOOD.replace("Public Domain", "\\ud83c\\udf33é€🌳"))
                        .license())
                .isEqualTo("🌳é€🌳");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C080", "ED A0 80", "C3", "E2 82", "F5808080", "80", "F0808080", "ED A0 BC ED BC B3"})
    void refuses_bytes_that_are_no_utf_8(String hex) {
        byte[] bad = GOOD.replace("Public Domain", hex).getBytes(StandardCharsets.ISO_8859_1);
        String text = new String(bad, StandardCharsets.ISO_8859_1)
                .replace(hex, new String(HexFormat.of().parseHex(hex.replace(" ", "")), StandardCharsets.ISO_8859_1));
        assertThat(refused(text.getBytes(StandardCharsets.ISO_8859_1)).reason()).isEqualTo("bad-unicode");
    }
}
