package dev.catchment.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An oracle that finds nothing is worth nothing: what each of its claims is violated by. */
class TruthTest {
    private final Truth truth = new Truth();

    private List<String> held(List<List<String>> held) {
        return truth.violations("here", held, List.of(), List.of());
    }

    @Test
    void what_is_lost_stale_doubled_made_up_retired_wrongly_or_not_retired_is_found() {
        truth.put("a", "one");
        truth.put("b", "old");
        truth.put("b", "new");
        truth.put("c", "gone");
        truth.remove("c");
        List<String> a = List.of("a", "one", "f");
        List<String> b = List.of("b", "new", "f");
        assertThat(held(List.of(a, b, List.of("c", "gone", "t")))).isEmpty();
        assertThat(held(List.of(a))).containsExactly("here: lost: b 'new'");
        assertThat(held(List.of(a, List.of("b", "old", "f"))))
                .containsExactly("here: stale: b is 'new', held as 'old'");
        assertThat(held(List.of(a, b, b))).containsExactly("here: doubled: b is held twice");
        assertThat(held(List.of(a, b, List.of("d", "one", "f")))).containsExactly("here: made up: d was never there");
        assertThat(held(List.of(a, List.of("b", "new", "t")))).containsExactly("here: retired wrongly: b");
        assertThat(held(List.of(a, b, List.of("c", "gone", "f"))))
                .containsExactly("here: not retired: c is gone from the source");
    }

    @Test
    void what_was_retired_for_a_while_and_states_that_were_not_or_twice_are_found() {
        truth.put("a", "one");
        truth.put("a", "two");
        truth.put("a", "three");
        List<List<String>> held = List.of(List.of("a", "three", "f"));
        assertThat(truth.violations("here", held, List.of("a"), List.of()))
                .containsExactly("here: retired wrongly for a while: a was always there");
        assertThat(states("one", "three")).isEmpty();
        assertThat(states("one", "one", "three")).as("a version that is none").hasSize(1);
        assertThat(states("two", "one", "three")).hasSize(1);
        assertThat(states("one", "two", "one", "three")).hasSize(1);
        assertThat(states("one", "four")).hasSize(1);
    }

    private List<String> states(String... titles) {
        return truth.violations(
                "here",
                List.of(List.of("a", "three", "f")),
                List.of(),
                List.of(titles).stream().map(title -> List.of("a", title)).toList());
    }

    @Test
    void requests_beyond_a_budget_are_found_unless_they_were_held_up() {
        Instant begin = Instant.parse("2026-11-22T12:00:00Z");
        assertThat(asked(begin, 50, List.of())).isEmpty();
        assertThat(asked(begin, 25, List.of())).hasSize(1);
        assertThat(asked(begin, 25, IntStream.range(0, 40).mapToObj(i -> begin).toList()))
                .isEmpty();
        assertThat(asked(
                        begin,
                        25,
                        IntStream.range(0, 40)
                                .mapToObj(i -> begin.minusSeconds(60))
                                .toList()))
                .as("long ago")
                .hasSize(1);
    }

    @Test
    void what_holds_up_requests_to_one_host_excuses_nothing_at_another() {
        HeldUp heldUp = new HeldUp();
        heldUp.at("a", 2);
        heldUp.everywhere(1);
        assertThat(heldUp.of("a")).hasSize(3);
        assertThat(heldUp.of("b")).hasSize(1);
    }

    private static List<String> asked(Instant begin, int everyMillis, List<Instant> late) {
        List<Instant> times = IntStream.range(0, 60)
                .mapToObj(i -> begin.plusMillis(1 + (long) i * everyMillis))
                .toList();
        return Upstream.beyondBudget("here", times, 50, late);
    }
}
