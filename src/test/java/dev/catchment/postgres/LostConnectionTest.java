package dev.catchment.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class LostConnectionTest {
    private static final SQLException LOST = new SQLException("An I/O error occurred", "08006");

    @Test
    void a_connection_that_was_lost_is_found_beneath_other_failures() {
        assertThat(LostConnection.isBeneath(new IllegalStateException(LOST))).isTrue();
        assertThat(LostConnection.words(new IllegalStateException(LOST), "the next run resumes"))
                .isEqualTo(
                        "The database was lost (An I/O error occurred); what is committed is safe, and the next run resumes.");
        assertThat(LostConnection.isBeneath(new SQLException("no such table", "42P01")))
                .isFalse();
    }

    @Test
    void what_was_found_to_be_the_reason_is_not_hidden_by_it() {
        assertThat(LostConnection.isBeneath(
                        new Database.Unusable("The disk of the embedded PostgreSQL is full.", LOST)))
                .isFalse();
    }
}
