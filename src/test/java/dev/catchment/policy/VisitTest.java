package dev.catchment.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.RunStart;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How often a watch visits one page. */
class VisitTest {
    @Test
    void a_page_that_was_asked_for_is_not_claimed_again_once_its_check_is_written() {
        String visa = UUID.randomUUID().toString();
        WatchOrder order = new WatchOrder("cli", visa, "Visa", false);
        Watch watch = new Watch(order, RunStart.of(order.run(0), null), new Claim.Terms(0, 0, 0), 3);
        Claim first = watch.claim("node-1");
        assertThat(first.parameters()).containsEntry("done", "[]");
        first.take(Map.of("source_id", UUID.fromString(visa), "metadata", "{}"));
        assertThat(watch.claim("node-2").parameters())
                .as("the claim is free from the moment of the write, whatever its worker does then")
                .containsEntry("done", "[\"" + visa + "\"]");
    }
}
