package dev.catchment.catalog.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.flow.standin.Answer;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandInDataTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path RECORDED = Path.of("../shared/data/discovery/assets-us-2022-07-23.jsonl.gz");
    private static final String RECORD =
            "{ \"resource\": {\"name\": \"Bäume\", \"id\": \"abcd-2345\", \"x\": [{\"id\": \"no\"}] } }";

    @TempDir
    private Path folder;

    private StandInServer server;

    @BeforeEach
    void start() {
        server = StandInServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void serves_the_bytes_of_a_record_as_they_are_plain_or_gzip() throws Exception {
        Path plain = Files.writeString(folder.resolve("plain"), RECORD + "\r\n\n");
        Path gzip = folder.resolve("gzip");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write(Files.readAllBytes(plain));
        }
        for (Path file : List.of(plain, gzip)) {
            server.standIn().load(file);
            assertThat(server.get("?scroll_id").body()).contains(RECORD).contains("\"resultSetSize\":1");
        }
    }

    @Test
    void names_file_and_line_of_what_is_no_record() throws Exception {
        for (String bad : List.of(
                "{\"resource\":{\"name\":\"x\"}}",
                "{\"resource\":{\"id\":\"a",
                "[]",
                RECORD + RECORD,
                "\ufeff" + RECORD)) {
            Path file = Files.writeString(folder.resolve("bad.jsonl"), RECORD + "\n" + bad + "\n");
            assertThatThrownBy(() -> server.standIn().load(file))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("Line 2", "bad.jsonl", "is not a record");
        }
        assertThatThrownBy(() -> server.standIn().load(folder.resolve("none")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("catalog.stand-in.data");
    }

    @Test
    void does_not_start_with_a_file_that_cannot_be_served() throws Exception {
        Path file = Files.writeString(folder.resolve("bad.jsonl"), "{}");
        assertThatThrownBy(() -> StandInServer.start("catalog.stand-in.data", file.toString()))
                .hasStackTraceContaining("Line 1 of the catalogue " + file);
    }

    @Test
    void changes_its_records_between_crawls_and_remembers_what_was_asked() throws Exception {
        server.standIn().replace(List.of(RECORD));
        assertThat(server.get("?scroll_id=&limit=5", "X-App-Token", "t").body()).contains("abcd-2345");
        server.standIn().replace(List.of());
        assertThat(server.get("?scroll_id=").body()).startsWith("{\"results\":[],\"resultSetSize\":0");
        assertThat(server.standIn().requests()).hasSize(2).first().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/api/catalog/v1");
            assertThat(request.query()).isEqualTo("scroll_id=&limit=5");
            assertThat(request.parameter("limit")).containsExactly("5");
            assertThat(request.headers()).containsEntry("X-App-Token", "t").containsKey("User-Agent");
        });
        server.standIn().forget();
        assertThat(server.standIn().requests()).isEmpty();
    }

    @Test
    void answers_late_and_otherwise_if_told() throws Exception {
        server.standIn().setLatency(Duration.ofMillis(120));
        server.standIn()
                .override(request ->
                        request.path().endsWith("/other") ? Optional.of(Answer.json(418, "{}")) : Optional.empty());
        long start = System.nanoTime();
        assertThat(server.get("/other").statusCode()).isEqualTo(418);
        assertThat(System.nanoTime() - start)
                .isGreaterThan(Duration.ofMillis(119).toNanos());
        assertThat(server.get("").statusCode()).isEqualTo(200);
    }

    @Test
    void serves_the_recorded_catalogue_whole() throws Exception {
        assumeThat(RECORDED).as("the recorded catalogue is not on this machine").exists();
        server.standIn().load(RECORDED);
        Set<String> ids = new HashSet<>();
        String last = "";
        for (int size = 1; size > 0; ) {
            JsonNode results = JSON.readTree(
                            server.get("?limit=1000&scroll_id=" + last).body())
                    .get("results");
            results.forEach(record -> ids.add(record.at("/resource/id").asText()));
            size = results.size();
            last = size > 0 ? results.get(size - 1).at("/resource/id").asText() : "";
        }
        assertThat(ids).hasSize(12_662);
    }
}
