package dev.catchment.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.sql.ScratchDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScopeLocksTest {
    private ScratchDatabase scratch;
    private CrowdedPool pool;
    private ScopeLocks locks;
    /** As of another process. */
    private ScopeLocks others;

    @BeforeEach
    void open() {
        scratch = ScratchDatabase.create("scope_locks");
        pool = CrowdedPool.open(scratch, "15s");
        locks = new ScopeLocks(pool.database().dataSource());
        others = new ScopeLocks(scratch.database().dataSource());
    }

    @AfterEach
    void close() {
        locks.close();
        others.close();
        pool.close();
        scratch.close();
    }

    @Test
    void many_scopes_need_one_connection_and_the_last_gives_it_back() throws Exception {
        List<String> scopes = new ArrayList<>();
        for (int i = 0; i < 2 * CrowdedPool.SIZE; i++) {
            scopes.add("names/load/" + i);
            assertThat(locks.take(scopes.get(i))).isTrue();
        }
        assertThat(pool.management().getInUse()).isEqualTo(1);
        for (String scope : scopes) {
            locks.release(scope);
        }
        assertThat(pool.management().getInUse()).isZero();
        assertThat(advisoryLocks()).isEmpty();
    }

    @Test
    void a_scope_is_had_once_here_and_elsewhere_until_it_is_released() throws Exception {
        assertThat(locks.take("a")).isTrue();
        assertThat(locks.take("b")).isTrue();
        assertThat(locks.take("a")).isFalse();
        assertThat(others.take("a")).isFalse();
        locks.release("a");
        locks.release("a");
        assertThat(others.take("a")).isTrue();
        assertThat(others.take("b")).isFalse();
    }

    @Test
    void a_take_in_vain_keeps_no_connection() throws Exception {
        assertThat(others.take("a")).isTrue();
        assertThat(locks.take("a")).isFalse();
        assertThat(pool.management().getInUse()).isZero();
    }

    @Test
    void locks_that_went_with_their_connection_are_taken_again_by_the_next_run() throws Exception {
        locks.take("a");
        pool.terminate();
        assertThat(locks.take("b")).isTrue();
        assertThat(others.take("a")).isFalse();
        locks.release("a");
        assertThat(others.take("a")).isTrue();
    }

    @Test
    void a_lock_that_went_with_its_connection_is_released_without_a_word() throws Exception {
        locks.take("a");
        pool.terminate();
        locks.release("a");
        assertThat(pool.management().getInUse()).isZero();
        assertThat(locks.take("a")).isTrue();
    }

    private List<String> advisoryLocks() {
        return scratch.texts("select l.objid from pg_locks l join pg_database d on d.oid = l.database "
                + "where l.locktype = 'advisory' and d.datname = current_database()");
    }
}
