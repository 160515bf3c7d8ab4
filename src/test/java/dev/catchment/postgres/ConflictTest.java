package dev.catchment.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.catchment.support.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server says of two writers of one row. */
class ConflictTest {
    private static final String PAGE =
            "insert into ops.requests (run_id, sequence, requested_at, url, status, attempts, milliseconds, bytes, records)"
                    + " values (%d, 1, now(), 'u', 200, 1, 1, 1, 0)";

    @BeforeEach
    void empty() {
        TestDatabase.empty();
        TestDatabase.execute("insert into ops.runs (id, room, flow, scope, trigger, mode, node, begun_at, started_at,"
                + " heartbeat_at) overriding system value select id, 'catalog', 'f', id::text, 'timer', 'full', 'h:1', now(), now(),"
                + " now() from unnest('{1,900000000000}'::bigint[]) id");
    }

    @Test
    void a_page_that_is_there_is_told_from_another_failure_in_whichever_partition_it_lies() {
        for (long run : new long[] {1, 900_000_000_000L}) {
            TestDatabase.execute(PAGE.formatted(run));
            Throwable twice = catchThrowable(() -> TestDatabase.execute(PAGE.formatted(run)));
            assertThat(Conflict.isDuplicate(twice, "requests"))
                    .as(twice.getMessage())
                    .isTrue();
            assertThat(Conflict.isDuplicate(twice, "runs")).isFalse();
        }
        Throwable alone = catchThrowable(() -> TestDatabase.execute(PAGE.formatted(2)));
        assertThat(Conflict.isDuplicate(alone, "requests"))
                .as(alone.getMessage())
                .isFalse();
    }
}
