package dev.catchment.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.support.Await;
import dev.catchment.support.SharedClasses;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that pipes messages into the command, in a process of its own. */
@Tag("process")
class McpTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> OPENING = List.of(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2024-11-05\","
                    + "\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");

    @TempDir
    private Path folder;

    @BeforeEach
    void bringTheSchemaUp() throws Exception {
        TestDatabase.empty();
    }

    private static String call(int id, String tool, String arguments) {
        return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\",\"arguments\":%s}}"
                .formatted(id, tool, arguments);
    }

    @Test
    void every_tool_answers_a_wrong_argument_is_explained_and_the_end_of_the_input_is_the_end() throws Exception {
        TestDatabase.execute(
                "insert into harvest.sources (name, kind, url, host) values ('one', 'ckan', 'https://one.example', 'one.example')");
        TestDatabase.execute(
                "insert into harvest.datasets (id, source_id, key, title, content_hash, first_seen_at, changed_at, last_changed_at)"
                        + " values ('7c9e6679-7425-40de-944b-e07fc1f90ae7', 1, 'k', 'Trees', repeat('0', 64), now(), now(), now())");
        String id = "\"7c9e6679-7425-40de-944b-e07fc1f90ae7\"";
        List<String> lines = new ArrayList<>(OPENING);
        lines.addAll(List.of(
                "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}",
                call(3, "search_datasets", "{\"limit\":1}"),
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
        assertThat(answers.keySet()).as(said()).hasSize(14);
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
        assertThat(text(answers, 3)).contains("Trees").contains("\"has_more\":false");
        assertThat(text(answers, 12)).contains("limit").contains("Arguments of run_status");
        assertThat(text(answers, 13)).contains("dataset");
        assertThat(text(answers, 14)).contains("land");
        for (int each = 12; each <= 14; each++) {
            assertThat(answers.get(each).at("/result/isError").asBoolean()).isTrue();
        }
    }

    @Test
    void a_line_that_is_no_message_is_answered_and_the_next_one_is_read() throws Exception {
        List<String> lines = new ArrayList<>(OPENING);
        lines.add("not JSON");
        lines.add("[".repeat(100_000));
        lines.add("{\"jsonrpc\":\"2.0\",\"id\":20,\"method\":\"tools/list\"} and more");
        lines.add("[]");
        lines.add("{\"jsonrpc\":\"2.0\",\"id\":21}");
        lines.add("{\"id\":22,\"method\":\"tools/list\"}");
        lines.add("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"tools/list\"}");
        lines.add(call(23, "run_status", "{\"limit\":\"" + "9".repeat(10 << 20) + "\"}"));
        lines.add("{\"jsonrpc\":\"2.0\",\"id\":24,\"method\":\"tools/call\",\"params\":[]}");
        lines.add("{\"jsonrpc\":\"2.0\",\"id\":25,\"method\":\"tools/call\",\"params\":{\"name\":7,\"arguments\":8}}");
        lines.add("{\"jsonrpc\":\"2.0\",\"id\":26,\"method\":\"nothing\"}");
        lines.add("");
        lines.add("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/roots/list_changed\"}");
        lines.add("{\"jsonrpc\":\"2.0\",\"id\":\"last\",\"method\":\"tools/list\"}");
        talk(lines);
        assertThat(codes())
                .as(said())
                .startsWith("1:0")
                .containsSubsequence(
                        "null:-32700",
                        "null:-32700",
                        "null:-32700",
                        "null:-32600",
                        "21:-32600",
                        "22:-32600",
                        "null:-32600")
                .containsSubsequence("null:-32600", "null:-32600", "24:-32602", "25:-32603", "26:-32601", "last:0")
                .hasSize(13);
    }

    @Test
    void a_question_before_the_session_is_open_is_refused_and_not_waited_for() throws Exception {
        List<String> lines = new ArrayList<>(List.of(
                "{\"jsonrpc\":\"2.0\",\"id\":30,\"method\":\"tools/list\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":31,\"method\":\"ping\"}"));
        lines.addAll(OPENING);
        lines.add("{\"jsonrpc\":\"2.0\",\"id\":32,\"method\":\"tools/list\"}");
        talk(lines);
        assertThat(codes()).as(said()).containsExactly("30:-32600", "31:0", "1:0", "32:0");
    }

    @Test
    void it_ends_by_a_signal_while_the_input_is_open() throws Exception {
        Process process = start();
        try (var in = process.getOutputStream()) {
            in.write("not JSON\n".getBytes(StandardCharsets.UTF_8));
            in.flush();
            Await.until("it has answered", this::codes, answers -> answers.equals(List.of("null:-32700")));
            process.destroy();
            assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).as(said()).isEqualTo(ExitCode.INTERRUPTED);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void every_question_is_answered_before_the_end_however_busy_the_machine_is() throws Exception {
        AtomicBoolean isBusy = new AtomicBoolean(true);
        List<Thread> others = Stream.generate(() -> new Thread(() -> {
                    while (isBusy.get()) {
                        Thread.onSpinWait();
                    }
                }))
                .limit(2L * Runtime.getRuntime().availableProcessors())
                .toList();
        others.forEach(Thread::start);
        try {
            List<String> lines = new ArrayList<>(OPENING);
            for (int id = 2; id <= 40; id++) {
                lines.add(call(id, "run_status", "{\"limit\":0}"));
            }
            String questions = String.join("\n", lines) + "\n";
            for (int round = 0; round < 100; round++) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                new StdioServer(
                                (route, arguments) -> {
                                    throw new AssertionError("A wrong argument is refused before anything is asked.");
                                },
                                "test",
                                new ByteArrayInputStream(questions.getBytes(StandardCharsets.UTF_8)),
                                out)
                        .serve();
                String said = out.toString(StandardCharsets.UTF_8);
                assertThat(said.lines()).as("round %d: %s", round, said).hasSize(40);
            }
        } finally {
            isBusy.set(false);
        }
    }

    @Test
    void a_question_that_breaks_the_program_is_answered_and_so_is_the_next() throws Exception {
        List<String> lines = new ArrayList<>(OPENING);
        lines.add(call(2, "policies", "{}"));
        lines.add(call(3, "run_status", "{\"limit\":0}"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new StdioServer(
                        (route, arguments) -> {
                            throw new StackOverflowError();
                        },
                        "test",
                        new ByteArrayInputStream((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8)),
                        out)
                .serve();
        Files.write(folder.resolve("out"), out.toByteArray());
        assertThat(codes()).as(out.toString(StandardCharsets.UTF_8)).containsExactly("1:0", "2:-32603", "3:0");
    }

    /** The ids that were answered, each with the code of its error, or 0. */
    private List<String> codes() throws IOException {
        List<String> codes = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("out"))) {
            JsonNode answer = JSON.readTree(line);
            if (!answer.has("method")) {
                codes.add(answer.path("id").asText() + ":"
                        + answer.at("/error/code").asInt());
            }
        }
        return codes;
    }

    /** All that was answered and logged. */
    private String said() throws IOException {
        return Files.readString(folder.resolve("out")) + Files.readString(folder.resolve("err"));
    }

    private static String text(Map<Integer, JsonNode> answers, int id) {
        return answers.get(id).at("/result/content/0/text").asText();
    }

    private Process start() throws IOException {
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
        return builder.start();
    }

    /** Says all lines, closes its end, and waits for that of the other. @return the answers by number */
    private Map<Integer, JsonNode> talk(List<String> lines) throws Exception {
        Process process = start();
        try (var in = process.getOutputStream()) {
            in.write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        boolean hasEnded = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(hasEnded).as(said()).isTrue();
        assertThat(process.exitValue()).as(said()).isZero();
        Map<Integer, JsonNode> answers = new HashMap<>();
        for (String line : Files.readAllLines(folder.resolve("out"))) {
            JsonNode message = JSON.readTree(line);
            assertThat(message.path("jsonrpc").asText()).isEqualTo("2.0");
            answers.put(message.path("id").asInt(), message);
        }
        return answers;
    }
}
