package dev.catchment.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule stands twice, for what comes in and for what is shown: both are asked. */
class UrlSecretsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "https://me:pass@a.example/b https://…@a.example/b",
                "HTTPS://token@a.example HTTPS://…@a.example",
                "https://a.example/?api_key=1&b=2 https://a.example/?api_key=…&b=2",
                "https://a.example/?b=2&API-Key=1#c https://a.example/?b=2&API-Key=…#c",
                "https://a.example/?a=1&amp;token=2 https://a.example/?a=1&amp;token=…",
                "https://a.example/?$$app_token=1 https://a.example/?$$app_token=…",
                "https://a.example/?%24%24app_token=1 https://a.example/?%24%24app_token=…",
                "https://a.example/?X-Amz-Signature=1&X-Amz-Credential=2 https://a.example/?X-Amz-Signature=…&X-Amz-Credential=…",
                "https://a.example/?access_token=1&client_secret=2 https://a.example/?access_token=…&client_secret=…",
                "https://a.example/?password=1&subscription-key=2 https://a.example/?password=…&subscription-key=…",
                "{\"url\":\"https://a.example/?token=1\",\"b\":2} {\"url\":\"https://a.example/?token=…\",\"b\":2}",
                "https://a.example/?page_token=1&key=2&tokens=3&token= https://a.example/?page_token=1&key=2&tokens=3&token=",
                "https://a.example/@b?mail=c@d.example https://a.example/@b?mail=c@d.example",
                "clerk@portal.example clerk@portal.example"
            })
    void a_secret_is_left_out_and_nothing_else(String text, String shown) {
        assertThat(UrlSecrets.masked(text)).isEqualTo(shown);
        assertThat(UrlSecrets.masked(shown)).isEqualTo(shown);
        assertThat(UrlSecrets.areIn(text)).isEqualTo(!shown.equals(text));
        TestDatabase.get();
        assertThat(TestDatabase.text("select ops.without_secrets($said$%s$said$)".formatted(text)))
                .isEqualTo(shown);
    }
}
