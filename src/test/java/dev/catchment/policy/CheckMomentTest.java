package dev.catchment.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.errors.TransientFailure;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A node whose clock is wrong: what others go on with has the moments of the database. */
class CheckMomentTest {
    private static final Instant CLAIMED = Instant.parse("2024-03-28T12:00:00Z");
    private static final Duration SOON = Duration.ofMinutes(1);

    private final Decisions decisions = new Decisions(
            null,
            null,
            new CheckTimes(
                    0, Duration.ofMinutes(15).toMillis(), Duration.ofDays(1).toMillis()));
    private final ClaimedPage check = new ClaimedPage(
            Map.of(
                    "claimed_at", Timestamp.from(CLAIMED),
                    "check_frequency", "daily",
                    "url", "https://www.example.gov/fees",
                    "metadata", "{}"),
            "here/1");

    @Test
    void a_check_is_of_the_time_that_the_database_had_when_its_page_was_claimed_and_of_what_has_passed_since() {
        Instant first = check.now();
        assertThat(first).isBetween(CLAIMED, CLAIMED.plus(SOON));
        assertThat(check.now()).isAfterOrEqualTo(first);
    }

    @Test
    void its_decision_and_the_next_check_are_counted_from_there() {
        var visit = check.visit();
        visit.failed(new TransientFailure("The connection was reset."));
        Decision decision = decisions.decide(check, visit);
        assertThat(decision.outcome()).isEqualTo(CheckOutcome.FAILED);
        assertThat(decision.now()).isBetween(CLAIMED, CLAIMED.plus(SOON));
        assertThat(decision.next()).isBetween(CLAIMED, CLAIMED.plus(Duration.ofDays(2)));
    }
}
