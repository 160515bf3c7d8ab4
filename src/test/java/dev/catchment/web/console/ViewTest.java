package dev.catchment.web.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ViewTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://parks.example/a",
                "HTTP://parks.example",
                " https://parks.example/file name.csv ",
                "https://parks.example/a|b?c=[d]",
                "ftp://parks.example/a"
            })
    void what_a_browser_may_follow_is_a_link_however_it_is_written(String address) {
        assertThat(View.link(address)).isEqualTo(address.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "java\nscript:alert(1)",
                "data:text/html,<script>",
                "//parks.example",
                "/etc/passwd",
                "file:///etc/passwd",
                "javascript://https://x",
                "https://",
                ""
            })
    void all_else_is_text(String address) {
        assertThat(View.link(address)).isNull();
    }
}
