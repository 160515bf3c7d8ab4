package dev.catchment.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.PermanentFailure;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SinceWalkTest {
    private final SinceWalk walk = new SinceWalk(Instant.parse("2025-01-01T00:00:00Z"));

    @Test
    void a_page_that_begins_where_the_last_one_ended_is_taken_for_an_update_may_shift_it_there() {
        walk.take(page(30, 20));
        walk.take(page(20, 10));
        assertThat(walk.isAtEnd()).isFalse();
        assertThat(walk.query(100)).contains("offset=22");
    }

    @Test
    void the_same_page_again_and_the_first_page_again_are_refused() {
        walk.take(page(30, 20));
        assertThatThrownBy(() -> walk.take(page(30, 20))).isInstanceOf(PermanentFailure.class);
        walk.take(page(19, 10));
        assertThatThrownBy(() -> walk.take(page(30, 20)))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("not older than the one before");
    }

    @Test
    void an_empty_page_is_no_end_of_its_own() {
        walk.take(page(30, 20));
        walk.take(List.of());
        assertThat(walk.isAtEnd()).isFalse();
    }

    /** Updated on these days of January, newest first. */
    private static List<RawRecord> page(int newest, int oldest) {
        return IntStream.rangeClosed(0, newest - oldest)
                .mapToObj(back -> new RawRecord(
                        new byte[0], 0, 0, back, null, "2025-01-%02dT00:00:00.000Z".formatted(newest - back)))
                .toList();
    }
}
