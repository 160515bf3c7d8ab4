package dev.catchment.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.postgres.ClientPrograms;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A small part of the lab: one short round, with {@code -Dlab.rounds=K} as many. The lab itself runs hundreds, by night: see
 * docs/lab.md.
 */
@Tag("process")
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class LabTest {
    private static final long FIRST_SEED = 1;
    private static final int NODES = 1;
    private static final int TROUBLE = 4;
    /** Those that start fast and come to rest soon. */
    private static final String ROOMS = "catalog,harvest,registry";

    @Test
    void rounds_of_fixed_seeds_pass() throws Exception {
        Assumptions.assumeTrue(
                new ClientPrograms(null).find("pg_dump").isPresent(),
                "this system has a PostgreSQL server for the lab");
        int rounds = Integer.getInteger("lab.rounds", 1);
        try (Lab lab = new Lab(ROOMS, false)) {
            for (long seed = FIRST_SEED; seed < FIRST_SEED + rounds; seed++) {
                StringWriter said = new StringWriter();
                assertThat(lab.round(seed, NODES, TROUBLE, new PrintWriter(said)))
                        .as(said.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void the_same_seed_gives_the_same_plan_and_another_one_another() {
        assertThat(Plan.of(7, 0, Lab.TROUBLE, 6, 5))
                .isEqualTo(Plan.of(7, 0, Lab.TROUBLE, 6, 5))
                .isNotEqualTo(Plan.of(8, 0, Lab.TROUBLE, 6, 5));
    }
}
