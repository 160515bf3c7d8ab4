package dev.catchment.flow.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.errors.PermanentFailure;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SinceWalkTest {
    private final SinceWalk walk = new SinceWalk(ActiveWalkTest.SOURCE, Instant.parse("2025-01-01T00:00:00Z"));

    @Test
    void records_that_updates_shifted_onto_the_next_page_are_taken_again() {
        walk.take(page(30, 20));
        walk.take(page(23, 10));
        assertThat(walk.isAtEnd()).isFalse();
        assertThat(walk.next(100)).contains("offset=25");
    }

    @Test
    void the_same_page_again_and_the_first_page_again_are_refused() {
        walk.take(page(30, 20));
        assertThatThrownBy(() -> walk.take(page(30, 20))).isInstanceOf(PermanentFailure.class);
        walk.take(page(19, 10));
        assertThatThrownBy(() -> walk.take(page(30, 20)))
                .isInstanceOf(PermanentFailure.class)
                .hasMessageContaining("does not advance");
    }

    @Test
    void an_empty_page_is_no_end_of_its_own() {
        walk.take(page(30, 20));
        walk.take(new RecordPage(List.of(), 0));
        assertThat(walk.isAtEnd()).isFalse();
    }

    /** Updated on these days of January, newest first. */
    private static RecordPage page(int newest, int oldest) {
        return new RecordPage(
                IntStream.rangeClosed(0, newest - oldest)
                        .mapToObj(back -> new RawRecord(
                                new byte[0],
                                0,
                                0,
                                back,
                                "day-" + (newest - back),
                                "2025-01-%02dT00:00:00.000Z".formatted(newest - back)))
                        .toList(),
                0);
    }
}
