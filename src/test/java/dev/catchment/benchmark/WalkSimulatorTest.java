package dev.catchment.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.catchment.benchmark.WalkCosts.Pass;
import dev.catchment.benchmark.WalkCosts.Quantity;
import dev.catchment.benchmark.WalkSimulator.Host;
import dev.catchment.benchmark.WalkSimulator.Setup;
import dev.catchment.benchmark.WalkSimulator.Source;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What the simulation reckons where a pencil does, too. */
class WalkSimulatorTest {
    private static final Offset<Double> EXACTLY = within(1e-6);

    /** @param request processor time of a node for each */
    private static WalkCosts costs(double request) {
        Properties costs = new Properties();
        for (String quantity : List.of("node-seconds", "server-seconds", "wal-bytes", "disk-bytes")) {
            for (String part : List.of("walk", "request", "dataset", "kilobyte")) {
                costs.setProperty("first." + quantity + "." + part, "0");
            }
        }
        costs.setProperty("first.node-seconds.request", String.valueOf(request));
        costs.setProperty("first.disk-bytes.dataset", "3");
        return new WalkCosts(costs);
    }

    private static double seconds(int nodes, int workers, int walks, double gap, int sources, double request) {
        return new WalkSimulator(
                        new Setup(nodes, workers, walks, 1, 1, false, Pass.FIRST),
                        List.of(new Host("a", gap, 0.3)),
                        Collections.nCopies(sources, new Source(0, 10, 100, 0)),
                        costs(request))
                .run()
                .seconds();
    }

    @Test
    void a_host_with_a_budget_takes_its_gap_for_each_request_whoever_walks() {
        assertThat(seconds(1, 1, 1, 1, 1, 0)).isCloseTo(9.3, EXACTLY);
        assertThat(seconds(2, 2, 4, 1, 4, 0)).as("40 requests").isCloseTo(39.3, EXACTLY);
    }

    @Test
    void without_a_budget_each_walk_waits_for_its_answers_and_walks_go_side_by_side() {
        assertThat(seconds(1, 1, 4, 0, 4, 0)).as("one after the other").isCloseTo(12, EXACTLY);
        assertThat(seconds(1, 4, 4, 0, 4, 0)).isCloseTo(3, EXACTLY);
        assertThat(seconds(1, 4, 2, 0, 4, 0)).as("two of a host").isCloseTo(6, EXACTLY);
        assertThat(seconds(2, 2, 4, 0, 4, 0)).as("of two nodes").isCloseTo(3, EXACTLY);
    }

    @Test
    void processors_bind_when_they_are_what_is_short() {
        assertThat(seconds(1, 4, 4, 0, 4, 1))
                .as("40 s of one processor, after the first answer")
                .isCloseTo(40.3, EXACTLY);
        assertThat(seconds(2, 2, 4, 0, 4, 1)).as("of two").isCloseTo(20.3, EXACTLY);
    }

    @Test
    void a_cost_is_the_sum_of_its_parts() {
        assertThat(costs(0.5).of(Pass.FIRST, Quantity.NODE_SECONDS, 1, 4, 100, 7))
                .isCloseTo(2, EXACTLY);
        assertThat(costs(0.5).of(Pass.FIRST, Quantity.DISK, 1, 4, 100, 7)).isCloseTo(300, EXACTLY);
    }
}
