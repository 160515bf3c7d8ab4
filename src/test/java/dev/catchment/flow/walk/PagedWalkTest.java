package dev.catchment.flow.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.kind.Placeholders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagedWalkTest {
    private static final Placeholders SOURCE =
            Placeholders.of("parks", "https://portal.example", "portal.example", Map.of());

    private static Kind kind(Kind.Page page, Kind.Parents parents) {
        return new Kind(
                "parks",
                "Parks",
                null,
                new Kind.Request("{source.url}/parks", null, null),
                null,
                null,
                page,
                null,
                null,
                null,
                "/total",
                null,
                null,
                new Kind.Key(List.of("/id"), null, null),
                null,
                null,
                null,
                null,
                null,
                parents,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Kind.Page page(String by, Long window, Kind.Beyond beyond, String... end) {
        return new Kind.Page(
                by, Map.of("from", "from", "size", "size"), null, 1000, 10, null, null, window, beyond, List.of(end));
    }

    /** Records from one number on, the newest first. */
    private static RecordPage came(int from, int count, long total) {
        return new RecordPage(
                IntStream.range(from, from + count)
                        .mapToObj(n -> {
                            byte[] raw = "{\"id\":\"%d\",\"modified\":\"%06d\"}"
                                    .formatted(n, 100_000 - n)
                                    .getBytes(StandardCharsets.UTF_8);
                            return new RawRecord(raw, 0, raw.length, n, String.valueOf(n), null);
                        })
                        .toList(),
                total);
    }

    /** A source that gives 100 whatever it is asked for. */
    @Test
    void a_walk_that_is_resumed_knows_how_long_the_pages_of_its_source_are() {
        Kind kind = kind(page("number", null, null, "empty-page"), null);
        PagedWalk walk = new PagedWalk(kind, SOURCE, null, null);
        walk.next(1000);
        walk.take(came(0, 100, 450));
        walk.next(Math.min(1000, walk.most()));
        walk.take(came(100, 100, 450));
        PagedWalk resumed = new PagedWalk(kind, SOURCE, null, walk.cursor());
        assertThat(resumed.most()).isEqualTo(100);
        assertThat(resumed.next(Math.min(1000, resumed.most()))).contains("from=3", "size=100");
    }

    @Test
    void a_source_that_announces_nothing_and_gives_less_than_was_asked_for_is_asked_for_less() {
        PagedWalk walk = new PagedWalk(kind(page("number", null, null, "empty-page"), null), SOURCE, null, null);
        walk.next(1000);
        walk.take(came(0, 100, 0));
        assertThat(walk.next(Math.min(1000, walk.most()))).contains("from=2", "size=100");
    }

    @Test
    void beyond_the_window_rows_are_held_against_what_all_of_the_source_announced() {
        Kind.Beyond beyond = new Kind.Beyond(null, Map.of("until", "{bound}"), "/modified", null);
        PagedWalk walk = new PagedWalk(kind(page("offset", 20L, beyond, "empty-page"), null), SOURCE, null, null);
        walk.next(20);
        walk.take(came(0, 20, 50));
        walk.next(20);
        walk.take(came(25, 15, 15)); // five were left out by the filter
        for (int empty = 0; empty < 2; empty++) {
            walk.next(20);
            walk.take(came(0, 0, 15));
        }
        assertThat(walk.isAtEnd()).isTrue();
        assertThat(walk.lastTotal()).as("announced").isEqualTo(50).isGreaterThan(walk.rows());
    }

    @Test
    void a_list_of_parents_that_is_not_all_of_it_is_refused() {
        Kind.Parents parents = new Kind.Parents("{source.url}/organisations", "/items", "/id", "/total", null, null);
        PagedWalk walk = new PagedWalk(kind(page("offset", null, null, "empty-page"), parents), SOURCE, null, null);
        walk.next(1000);
        assertThatThrownBy(() -> walk.take(came(0, 100, 300)))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("100 parents came and 300 were announced");
    }
}
