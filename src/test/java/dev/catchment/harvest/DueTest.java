package dev.catchment.harvest;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a source is due again, on a node whose clock is years ahead of that of the database. */
class DueTest {
    private final HarvestWalks walks = new HarvestWalks(null, null, "spool", 0, 0, 1, null);

    private Instant due(String status, int failures) {
        Map<String, Object> row = new HashMap<>(Map.of(
                "claimed_at", Timestamp.from(Instant.parse("2024-03-28T02:00:00Z")),
                "source_id", 1L,
                "name", "made-up",
                "kind", "ckan",
                "url", "https://data.example.gov",
                "host", "data.example.gov",
                "options", "{}",
                "schedule", "0 0 3 * * ?",
                "failures", failures));
        Map<String, Object> closed =
                walks.close(walks.claimed(row), "here/1", status, Map.of("status", status), null, false, false);
        return Instant.parse((String) closed.get("due_at"));
    }

    @Test
    void a_walk_that_was_handed_over_is_due_at_once_and_another_at_its_next_time_by_the_clock_of_the_database() {
        assertThat(due("stopped", 0)).isBetween(at("02:00"), at("02:01"));
        assertThat(due("succeeded", 0)).isEqualTo(at("03:00"));
        assertThat(due("failed", 0)).isBetween(at("02:15"), at("02:16"));
        assertThat(due("failed", 2)).as("an hour").isBetween(at("03:00"), at("03:01"));
    }

    private static Instant at(String time) {
        return Instant.parse("2024-03-28T" + time + ":00Z");
    }
}
