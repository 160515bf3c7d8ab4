package dev.catchment.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.catchment.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ops/compose.yaml} and {@code ops/kubernetes.yaml} say of nodes is what nodes are; no engine is needed for that. */
class ContainerFilesTest {
    /** After which a node that is told to stop ends itself (docs/operations.md), with the time that a start takes to notice. */
    private static final int LONGEST_STOP_SECONDS = 30 + 30;
    /** They have files: docs/operations.md. */
    private static final Set<String> OF_ONE_NODE = Set.of("export", "names", "registry");

    @TempDir
    private Path nowhere;

    private record Node(List<String> rooms, int replicas, int graceSeconds) {}

    static List<JsonNode> documents(String file) throws IOException {
        YAMLFactory factory = new YAMLFactory();
        List<JsonNode> documents = new ArrayList<>();
        new ObjectMapper(factory)
                .readValues(factory.createParser(Path.of(file).toFile()), JsonNode.class)
                .forEachRemaining(documents::add);
        return documents;
    }

    private static JsonNode compose() throws IOException {
        return documents("ops/compose.yaml").get(0);
    }

    private static List<JsonNode> workloads() throws IOException {
        List<JsonNode> workloads = documents("ops/kubernetes.yaml").stream()
                .filter(document -> document.at("/spec/template").isObject())
                .toList();
        assertThat(workloads).hasSize(2);
        return workloads;
    }

    private static List<String> words(String list) {
        return List.of(list.split(","));
    }

    private static List<Node> composed() throws IOException {
        JsonNode compose = compose();
        String grace = compose.at("/x-node/stop_grace_period").asText();
        List<Node> nodes = new ArrayList<>();
        compose.path("services").forEach(service -> {
            String rooms = service.path("environment").path("NODE_ROOMS").asText();
            if (!rooms.isEmpty()) {
                nodes.add(new Node(words(rooms), 1, Integer.parseInt(grace.replaceFirst("s$", ""))));
            }
        });
        return nodes;
    }

    private static List<Node> orchestrated() throws IOException {
        return workloads().stream()
                .map(workload -> {
                    JsonNode pod = workload.at("/spec/template/spec");
                    assertThat(pod.at("/containers/0/env/0/name").asText()).isEqualTo("NODE_ROOMS");
                    return new Node(
                            words(pod.at("/containers/0/env/0/value").asText()),
                            workload.at("/spec/replicas").asInt(),
                            pod.path("terminationGracePeriodSeconds").asInt());
                })
                .toList();
    }

    @Test
    void every_room_is_worked_on_and_those_with_files_by_one_node() throws IOException {
        List<String> rooms = Tree.rooms().stream()
                .filter(room -> !Set.of("mcp", "ops").contains(room))
                .toList();
        for (List<Node> nodes : List.of(composed(), orchestrated())) {
            assertThat(nodes.stream().flatMap(node -> node.rooms().stream()).distinct())
                    .containsExactlyInAnyOrderElementsOf(rooms);
            assertThat(OF_ONE_NODE)
                    .allSatisfy(room -> assertThat(nodes.stream()
                                    .filter(node -> node.rooms().contains(room))
                                    .mapToInt(Node::replicas)
                                    .sum())
                            .as(room)
                            .isEqualTo(1));
        }
    }

    @Test
    void a_node_has_the_time_to_drain() throws IOException {
        assertThat(Stream.of(composed(), orchestrated()).flatMap(List::stream))
                .hasSizeGreaterThan(4)
                .allSatisfy(node -> assertThat(node.graceSeconds()).isGreaterThanOrEqualTo(LONGEST_STOP_SECONDS));
        assertThat(workloads().get(1).at("/spec/strategy/rollingUpdate").toString())
                .as("one at a time")
                .isEqualTo("{\"maxUnavailable\":1,\"maxSurge\":0}");
    }

    @Test
    void probes_ask_what_answers_and_one_that_drains_is_not_started_again() throws IOException {
        String routes = Files.readString(Path.of("routes/web-health.camel.yaml"));
        String port = Settings.load(nowhere, Map.of()).get("web.port");
        for (JsonNode workload : workloads()) {
            JsonNode container = workload.at("/spec/template/spec/containers/0");
            assertThat(container.at("/ports/0").toString())
                    .isEqualTo("{\"name\":\"http\",\"containerPort\":%s}".formatted(port));
            List<JsonNode> probes = container.findValues("httpGet");
            assertThat(probes)
                    .hasSize(3)
                    .allSatisfy(probe -> assertThat(routes)
                            .contains("uri: platform-http:" + probe.path("path").asText() + "\n"));
            assertThat(probes).allMatch(probe -> probe.path("port").asText().equals("http"));
            assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
            assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
        }
        assertThat(compose().at("/services/front/ports/0").asText()).endsWith(":" + port);
        assertThat(Files.readString(Path.of("ops/Containerfile"))).contains("/dev/tcp/127.0.0.1/" + port);
    }

    @Test
    void the_servers_beside_them_take_what_nodes_may_want() throws IOException {
        Settings settings = Settings.load(nowhere, Map.of());
        int each = settings.integer("postgres.max-connections") + settings.integer("web.read-connections");
        JsonNode services = compose().path("services");
        for (String server : List.of("primary", "replica")) {
            JsonNode service = services.path(server);
            int most = Integer.parseInt((service.path("command").toString() + service.path("entrypoint"))
                    .replaceFirst("(?s).*max_connections=(\\d+).*", "$1"));
            assertThat(composed().size() * each).as(server).isLessThan(most);
        }
        assertThat(services.at("/kafka/environment/KAFKA_MESSAGE_MAX_BYTES").asLong())
                .as("a page of the largest size, with what is around it")
                .isGreaterThan(
                        Long.parseLong(settings.get("kafka.pages.max-size").replaceFirst("MB$", "")) << 20);
    }
}
