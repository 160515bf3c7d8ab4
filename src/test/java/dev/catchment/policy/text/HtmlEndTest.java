package dev.catchment.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlEndTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "<html><body><p>text</body></html> ~ true",
                "<p>text</BODY > ~ true",
                "<p>text</html><!-- made in 3 ms --> ~ true",
                "<script>if (a < b) x()</script><p>text</html> ~ true",
                "<html><body><p>text ~ false",
                "<html><head><script>write('</body></html>')</script></head><body><p>te ~ false",
                "<p>text<!-- </body> --> ~ false",
                "<p>text<!-- </body></html> ~ false",
                "<p>text<script>x('</html>' ~ false",
                "<p>text</htm ~ false",
            })
    void is_what_closes_the_page_and_not_what_is_said_of_it(String page, boolean isThere) {
        assertThat(HtmlEnd.isThere(page.getBytes(StandardCharsets.UTF_8))).isEqualTo(isThere);
    }
}
