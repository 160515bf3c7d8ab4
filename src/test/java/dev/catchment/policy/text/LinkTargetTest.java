package dev.catchment.policy.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.policy.Pages;
import dev.catchment.policy.page.PageText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkTargetTest {
    @ParameterizedTest
    @CsvSource({
        "https://a.gov/p?utm_source=x&id=1&fbclid=y#part, https://a.gov/p?id=1#part",
        "https://a.gov/p?gclid=x, https://a.gov/p",
        "https://a.gov/p;jsessionid=AB12?id=1, https://a.gov/p?id=1",
        "https://l.instagram.com/?u=https%3A%2F%2Fa.gov&e=AT1token, https://l.instagram.com/?u=https%3A%2F%2Fa.gov",
        "https://www.facebook.com/l.php?u=x&h=AT0token&s=1, https://www.facebook.com/l.php?u=x",
        "https://a.gov/p?e=1&h=2&side=3, https://a.gov/p?e=1&h=2&side=3",
    })
    void tracking_is_taken_off(String link, String target) {
        assertThat(LinkTarget.untracked(link)).isEqualTo(target);
    }

    @Test
    void they_are_whole_once_and_in_order_and_change_no_text() {
        String page = "<p>See <a href='/%s'>the form</a>, <a href='x'>x</a>, <a href='/%s'>again</a>,"
                + " <a href='javascript:void(0)'>no</a>, <a href='mailto:visa@example.gov'>mail</a></p><nav><a href=/n>n</a></nav>";
        PageText one = Pages.normalised(page.formatted("a.pdf", "a.pdf"));
        PageText other = Pages.normalised(page.formatted("b.pdf", "b.pdf"));
        assertThat(one.links())
                .containsExactly(
                        "https://www.example.gov/a.pdf", "https://www.example.gov/visas/x", "mailto:visa@example.gov");
        assertThat(other.hash()).isEqualTo(one.hash());
        assertThat(other.linksHash()).isNotEqualTo(one.linksHash());
    }
}
