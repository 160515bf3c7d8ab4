package dev.catchment.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.settings.Settings;
import dev.catchment.sql.ScratchDatabase;
import dev.catchment.support.Await;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Fifty callers, five connections. */
class PoolTest {
    private static final Map<String, Object> SCOPE =
            Map.of("room", "catalog", "flow", "crawl", "scope", "us", "mode", "full");

    private static ScratchDatabase scratch;

    private CrowdedPool pool;

    @BeforeAll
    static void create() {
        scratch = ScratchDatabase.withSchema("pool");
    }

    @AfterAll
    static void drop() {
        scratch.close();
    }

    @BeforeEach
    void open() {
        pool = CrowdedPool.open(scratch, "15s");
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void fifty_callers_share_five_connections_and_leave_them_all() throws Exception {
        for (int round = 0; round < 2; round++) {
            assertServed(pool.crowd(() -> pool.database().rows("ops/find-last-run", SCOPE)));
        }
    }

    @Test
    void fifty_routes_share_five_connections_and_leave_them_all() throws Exception {
        Settings settings = Settings.load(Path.of("target", "nowhere"), Map.of());
        try (Service service = Service.start(settings, pool.database(), Map.of(), Routes.onDemand())) {
            for (int round = 0; round < 2; round++) {
                assertServed(pool.crowd(() -> service.askRows("ops-run-find", SCOPE)));
            }
        }
    }

    @Test
    void callers_that_throw_give_their_connection_back_as_it_was() throws Exception {
        List<Future<Object>> calls = pool.crowd(() -> {
            pool.database().eachRow("ops/count-objects", Map.of(), row -> {
                throw new IllegalStateException("in the middle");
            });
            return null;
        });
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call::get).hasRootCauseMessage("in the middle"));
        assertNothingLeaked();
        assertThat(pool.database().rows("ops/find-last-run", SCOPE)).isEmpty();
    }

    @Test
    void statements_that_fail_give_their_connection_back() throws Exception {
        var calls = pool.crowd(() -> pool.database().rows("ops/list-runs", Map.of("most", "many")));
        assertThat(calls).allSatisfy(call -> assertThatThrownBy(call::get).hasCauseInstanceOf(Database.Unusable.class));
        assertNothingLeaked();
    }

    @Test
    void a_caller_that_gets_none_is_told_which_setting_to_raise() throws Exception {
        try (CrowdedPool hasty = CrowdedPool.open(scratch, "250ms")) {
            List<Connection> taken = hasty.takeAll();
            assertThatThrownBy(() -> hasty.database().rows("ops/find-last-run", SCOPE))
                    .isInstanceOf(Database.Unusable.class)
                    .hasMessageContaining("All 5 connections of this process are in use")
                    .hasMessageContaining("Raise postgres.max-connections, or postgres.connection-timeout")
                    .cause()
                    .as("what a run keeps of it")
                    .matches(hasty.database()::isOutOfReach)
                    .matches(failure -> !hasty.database().isAtFault(failure), "no server is at fault");
            CrowdedPool.giveBack(taken);
            assertThat(hasty.database().rows("ops/find-last-run", SCOPE)).isEmpty();
        }
    }

    @Test
    void connections_that_the_server_ended_are_replaced_and_no_caller_fails() throws Exception {
        CrowdedPool.giveBack(pool.takeAll());
        List<String> before = pool.backends();
        pool.terminate();
        CrowdedPool.giveBack(pool.takeAll());
        assertThat(pool.backends()).hasSize(CrowdedPool.SIZE).doesNotContainAnyElementsOf(before);
    }

    private void assertServed(List<? extends Future<?>> calls) {
        assertThat(calls)
                .hasSize(CrowdedPool.CALLERS)
                .allSatisfy(call -> assertThat((List<?>) call.get()).isEmpty());
        assertNothingLeaked();
    }

    private void assertNothingLeaked() {
        Await.until("no connection is in use", () -> pool.management().getInUse() == 0);
        assertThat(pool.management().getWaiting()).isZero();
        assertThat(pool.management().getIdle()).isEqualTo(CrowdedPool.SIZE);
        assertThat(pool.backends()).hasSize(CrowdedPool.SIZE);
        assertThat(pool.states()).containsExactly("idle");
    }
}
