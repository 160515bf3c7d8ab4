package dev.catchment.harvest;

import static dev.catchment.support.TestDatabase.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.http.OwnNetwork;
import dev.catchment.ops.ServiceNode;
import dev.catchment.postgres.embedded.ServerPort;
import dev.catchment.support.HarvestRig;
import dev.catchment.support.TestDatabase;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A process that reaches nobody says nothing of the sources, and leaves them to others. */
class HarvestLostNetworkTest {
    private static final String STATE =
            "select string_agg(concat_ws(' ', name, health, failures, due_at <= now(), claimed_by), ', ' order by name)"
                    + " from harvest.sources";

    @RegisterExtension
    final HarvestRig rig = new HarvestRig();

    private int closed;

    @BeforeEach
    void three_sources_were_walked() throws IOException {
        rig.standIn("""
                total: /count
                order: { by: key, stable: true }
                page: { by: offset, params: { from: start, size: rows }, size: 10, end: [empty-page, total] }
                """).serve(HarvestRig.datasets(3));
        rig.source("second", "made-up", rig.url(2)).source("third", "made-up", rig.url(3));
        for (String source : List.of(HarvestRig.SOURCE, "second", "third")) {
            assertThat(rig.harvest(source)).containsEntry("status", "succeeded");
        }
        closed = ServerPort.free();
        rig.service().bean("ownNetwork", OwnNetwork.class).lookAgain(); // as a service does
    }

    /** Another port takes the place of theirs. */
    private void move(String sources, int from, int to) {
        TestDatabase.rows(
                "update harvest.sources set url = replace(url, ?, ?) where name ~ ? returning id",
                ":" + from,
                ":" + to,
                sources);
    }

    private int port() {
        return URI.create(rig.url(1)).getPort();
    }

    @Test
    void while_nobody_is_reached_no_source_is_put_off_and_none_is_claimed() throws IOException {
        move(".", port(), closed);
        assertThat(rig.harvest()).containsEntry("status", "failed");
        assertThat(text(STATE)).isEqualTo("made-up ok 0 t, second ok 0 f, third ok 0 f");
        assertThatThrownBy(rig::harvest).hasMessage("0 walks of made-up");
        assertThat(text(STATE)).isEqualTo("made-up ok 0 t, second ok 0 f, third ok 0 f");
        TestDatabase.get()
                .rows(
                        "ops/beat-node",
                        rig.service().bean("serviceNode", ServiceNode.class).beat(1));
        assertThat(TestDatabase.get().rows("ops/list-nodes", Map.of()).get(0)).containsEntry("state", "cut off");
        try (ServerSocket back = new ServerSocket(closed)) {
            rig.service().bean("ownNetwork", OwnNetwork.class).lookAgain();
        }
        move(".", closed, port());
        assertThat(rig.harvest()).containsEntry("status", "succeeded");
    }

    @Test
    void a_source_that_alone_is_not_reached_is_put_off() {
        move("made-up", port(), closed);
        assertThat(rig.harvest()).containsEntry("status", "failed");
        assertThat(text(STATE)).isEqualTo("made-up failing 1 f, second ok 0 f, third ok 0 f");
        assertThat(rig.harvest("second")).containsEntry("status", "succeeded");
    }
}
