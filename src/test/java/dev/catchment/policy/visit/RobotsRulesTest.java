package dev.catchment.policy.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.policy.Pages;
import dev.catchment.policy.page.Fetched;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RobotsRulesTest {
    private static final URI PAGE = URI.create("https://www.example.gov/visas/fees");
    private static final Duration POLITE = Duration.ofSeconds(5);

    @ParameterizedTest
    @CsvSource({
        "404, true, false",
        "403, true, false",
        "410, true, false",
        "500, false, true",
        "503, false, true",
        "429, false, true",
        "302, false, true"
    })
    void a_file_that_is_not_there_allows_all_and_one_that_cannot_be_had_puts_off(
            int status, boolean allows, boolean defers) {
        RobotsRules rules = RobotsRules.of(Pages.status(status, Map.of()), "Catchment");
        assertThat(rules.allows(PAGE)).isEqualTo(allows);
        assertThat(rules.isDeferred()).isEqualTo(defers);
    }

    @Test
    void a_host_that_does_not_answer_puts_off() {
        assertThat(RobotsRules.unreachable().allows(PAGE)).isFalse();
        assertThat(RobotsRules.unreachable().isDeferred()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'User-agent: *\nDisallow: /visas/', false",
        "'User-agent: *\nDisallow: /visas/\nAllow: /visas/fees', true",
        "'User-agent: *\nDisallow: /\n\nUser-agent: catchment\nDisallow: /search', true",
        "'User-agent: other\nDisallow: /', true",
        "'User-agent: *\nDisallow: /*fees$', false",
        "'User-agent: *\nDisallow:', true",
        "'', true",
        "'<html><head></head><body>Welcome</body></html>', true",
    })
    void the_longest_match_of_our_own_group_counts(String file, boolean allows) {
        assertThat(of(file).allows(PAGE)).isEqualTo(allows);
        assertThat(of(file).isDeferred()).isFalse();
    }

    @Test
    void a_longer_gap_is_kept_and_a_shorter_one_is_not() {
        assertThat(of("User-agent: *\nCrawl-delay: 20").gap(POLITE)).isEqualTo(Duration.ofSeconds(20));
        assertThat(of("User-agent: *\nCrawl-delay: 1").gap(POLITE)).isEqualTo(POLITE);
        assertThat(of("User-agent: *\nDisallow:").gap(POLITE)).isEqualTo(POLITE);
        RobotsRules slow = of("User-agent: *\nCrawl-delay: 900");
        assertThat(slow.gap(POLITE)).isEqualTo(Duration.ofMinutes(15));
        assertThat(slow.allows(PAGE)).isTrue();
    }

    @Test
    void a_file_without_end_is_read_as_far_as_it_has_to_be() {
        String comments = "# nothing\n".repeat(RobotsRules.MOST_BYTES / 10 + 1);
        assertThat(of("User-agent: *\nDisallow: /visas\n" + comments).allows(PAGE))
                .isFalse();
        assertThat(of(comments + "User-agent: *\nDisallow: /visas\n").allows(PAGE))
                .isTrue();
    }

    private static RobotsRules of(String file) {
        URI robots = URI.create("https://www.example.gov/robots.txt");
        byte[] body = file.getBytes(StandardCharsets.UTF_8);
        return RobotsRules.of(
                new Fetched(robots, robots, 200, Map.of("Content-Type", "text/plain"), body), "Catchment");
    }
}
