package dev.catchment.flow.standin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {

    private final FaultSchedule schedule = new FaultSchedule();

    @Test
    void eleven_pages_meet_every_fault_and_each_retry_succeeds() {
        schedule.switchOn(true);
        List<Fault> met = new ArrayList<>();
        for (int page = 0; page < 11; page++) {
            Fault fault = ask("limit=25&scroll_id=" + page);
            if (fault != Fault.NONE) {
                met.add(fault);
                assertThat(ask("limit=12&scroll_id=" + page)).isEqualTo(Fault.NONE);
            }
        }
        assertThat(met).containsExactlyElementsOf(FaultSchedule.ROUND);
        assertThat(EnumSet.complementOf(EnumSet.copyOf(met)))
                .containsExactlyInAnyOrder(Fault.NONE, Fault.UNSORTED, Fault.NOT_ADVANCING, Fault.EMPTY_PAGE);
    }

    @Test
    void later_pages_meet_one_fault_in_twenty() {
        schedule.switchOn(true);
        int faults = 0;
        for (int page = 0; page < 100; page++) {
            faults += ask("scroll_id=" + page) == Fault.NONE ? 0 : 1;
        }
        assertThat(faults).isEqualTo(14);
    }

    @Test
    void is_off_until_switched_on_but_what_is_queued_comes_all_the_same() {
        schedule.queue(List.of(Fault.NONE, Fault.EMPTY));
        assertThat(List.of(ask("a"), ask("b"), ask("c"))).containsExactly(Fault.NONE, Fault.EMPTY, Fault.NONE);
    }

    private Fault ask(String query) {
        return schedule.next(new Request(Instant.EPOCH, "/list", query, Map.of()).without("limit"));
    }
}
