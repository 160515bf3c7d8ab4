package dev.catchment.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.errors.TransientFailure;
import dev.catchment.postgres.embedded.ServerPort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.camel.RuntimeCamelException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnNetworkTest {
    private final OwnNetwork network = new OwnNetwork(60_000);

    @BeforeEach
    void watch() {
        network.lookAgain();
    }

    @Test
    void where_nobody_looks_again_it_is_never_gone() {
        OwnNetwork unwatched = new OwnNetwork(60_000);
        unwatched.look(hosts(3, ServerPort.free()));
        assertThat(unwatched.isGone()).isFalse();
    }

    /** So many hosts, on a port of which nobody listens. */
    private static List<Map<String, Object>> hosts(int count, int port) {
        return IntStream.rangeClosed(1, count)
                .<Map<String, Object>>mapToObj(host -> Map.of("url", "http://127.0.0." + host + ":" + port + "/data"))
                .toList();
    }

    @Test
    void it_is_gone_if_none_of_several_hosts_can_be_connected_to_and_back_with_the_first_that_can() throws IOException {
        int port = ServerPort.free();
        network.look(hosts(3, port));
        assertThat(network.isGone()).isTrue();
        network.lookAgain();
        assertThat(network.isToBlame(new ConnectException("refused"))).isTrue();
        try (ServerSocket back = new ServerSocket(port)) {
            network.lookAgain();
        }
        assertThat(network.isGone()).isFalse();
        assertThat(network.goneSince()).isNull();
    }

    @Test
    void it_is_there_if_one_of_them_can() throws IOException {
        try (ServerSocket one = new ServerSocket(0)) {
            List<Map<String, Object>> mixed = List.of(
                    hosts(1, ServerPort.free()).get(0),
                    hosts(2, one.getLocalPort()).get(1));
            network.look(mixed);
            assertThat(network.isGone()).isFalse();
        }
    }

    @Test
    void one_other_host_that_is_down_proves_nothing() throws IOException {
        network.look(hosts(1, ServerPort.free()));
        assertThat(network.isGone()).isFalse();
    }

    @Test
    void what_was_answered_is_not_the_fault_of_the_network() throws IOException {
        network.look(hosts(2, ServerPort.free()));
        assertThat(network.isToBlame(new RuntimeCamelException(new IOException("reset"))))
                .isTrue();
        assertThat(network.isToBlame(new TransientFailure("HTTP 503", 503, null)))
                .isFalse();
        assertThat(network.isToBlame(null)).isFalse();
    }
}
