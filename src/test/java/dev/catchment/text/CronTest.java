package dev.catchment.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {
    @Test
    void the_next_time_is_one_of_the_zone() {
        assertThat(Cron.of("0 15 2 * * ?", "Europe/Rome").next(Instant.parse("2026-01-01T00:00:00Z")))
                .isEqualTo("2026-01-01T01:15:00Z");
    }

    @Test
    void there_is_no_next_time_of_a_year_that_is_over() {
        assertThat(Cron.of("0 0 0 1 1 ? 2020", "UTC").next(Instant.parse("2026-01-01T00:00:00Z")))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"15 2 * * *", "0 0 0 1 1 ? 2020", "", "often"})
    void what_never_comes_or_cannot_be_read_is_refused(String expression) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cron.checked(expression));
    }

    @Test
    void a_zone_that_is_none_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Cron.of("0 15 2 * * ?", "Mars/Olympus"));
    }
}
