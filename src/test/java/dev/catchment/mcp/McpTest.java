package dev.catchment.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.support.SharedClasses;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.TestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that pipes messages into the command, in a process of its own. */
@Tag("process")
class McpTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private static String call(int id, String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}"
                .formatted(id, tool, arguments);
    }

    @Test
    void every_tool_answers_a_wrong_argument_is_explained_and_the_end_of_the_input_is_the_end() throws Exception {
        TestDatabase.empty();
        TestDatabase.execute(
                "insert into harvest.sources (name, kind, url, host) values ('one', 'ckan', 'https://one.example', 'one.example')");
        TestDatabase.execute(
                "insert into harvest.datasets (id, source_id, key, title, content_hash, first_seen_at, changed_at, last_changed_at)"
                        + " values ('7c9e6679-7425-40de-944b-e07fc1f90ae7', 1, 'k', 'Trees', repeat('0', 64), now(), now(), now())");
        String id = "\"7c9e6679-7425-40de-944b-e07fc1f90ae7\"";
        List<String> lines = new ArrayList<>(List.of(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2024-11-05\","
                        + "\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}",
                call(3, "search_datasets", "{\"limit\":2}"),
                call(4, "get_dataset", "{\"dataset\":" + id + "}"),
                call(5, "dataset_history", "{\"dataset\":" + id + "}"),
                call(6, "changes_since", "{}"),
                call(7, "names_top", "{\"country\":\"US\"}"),
                call(8, "name_trend", "{\"name\":\"Ann\"}"),
                call(9, "policies", "{}"),
                call(10, "policy_changes", "{}"),
                call(11, "run_status", "{\"since\":\"2026-01-01T00:00:00Z\"}"),
                call(12, "run_status", "{\"limit\":0}"),
                call(13, "dataset_history", "{\"dataset\":\"nonsense\"}"),
                call(14, "names_top", "{\"land\":\"US\"}")));
        Map<Integer, JsonNode> answers = talk(lines);
        assertThat(answers.keySet()).hasSize(14);
        assertThat(answers.get(2).at("/result/tools"))
                .hasSize(9)
                .allSatisfy(
                        tool -> assertThat(tool.at("/annotations/readOnlyHint").asBoolean())
                                .isTrue());
        for (int each = 3; each <= 11; each++) {
            assertThat(answers.get(each).at("/result/isError").asBoolean())
                    .as(answers.get(each).toString())
                    .isFalse();
        }
        assertThat(text(answers, 4)).contains("\"title\":\"Trees\"");
        assertThat(text(answers, 5)).contains("\"change\":\"added\"");
        assertThat(text(answers, 12)).contains("limit").contains("Arguments of run_status");
        assertThat(text(answers, 13)).contains("dataset");
        assertThat(text(answers, 14)).contains("land");
        for (int each = 12; each <= 14; each++) {
            assertThat(answers.get(each).at("/result/isError").asBoolean()).isTrue();
        }
    }

    private static String text(Map<Integer, JsonNode> answers, int id) {
        return answers.get(id).at("/result/content/0/text").asText();
    }

    private Map<Integer, JsonNode> talk(List<String> lines) throws Exception {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC"));
        command.addAll(SharedClasses.options());
        command.addAll(List.of("dev.catchment.cli.Catchment", "mcp"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .redirectOutput(folder.resolve("out").toFile());
        builder.environment().put("DATABASE_URL", TestServer.url().connectionUrl());
        builder.environment().put("CATCHMENT_HOME", folder.toString());
        builder.environment().put("DATA_DIR", folder.resolve("data").toString());
        Process process = builder.start();
        try (var in = process.getOutputStream()) {
            in.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        boolean hasEnded = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(hasEnded)
                .as(java.nio.file.Files.readString(folder.resolve("err")))
                .isTrue();
        assertThat(process.exitValue()).isZero();
        Map<Integer, JsonNode> answers = new HashMap<>();
        for (String line : java.nio.file.Files.readAllLines(folder.resolve("out"))) {
            JsonNode message = JSON.readTree(line);
            assertThat(message.path("jsonrpc").asText()).isEqualTo("2.0");
            answers.put(message.path("id").asInt(), message);
        }
        return answers;
    }
}
