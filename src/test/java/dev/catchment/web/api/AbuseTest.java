package dev.catchment.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.WebRig;
import dev.catchment.support.WebRig.Answer;
import dev.catchment.support.WebRows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs send that mean no good, and what is the same for every answer. */
class AbuseTest {
    @RegisterExtension
    static final WebRig WEB = new WebRig()
            .with("web.cors.origins", "https://data.example, http://localhost:3000")
            .with("web.idle-timeout", "5s");

    private static final String RUNS = "/api/v1/runs";
    private static final List<String> TRICKS = List.of(
            "'; drop table ops.runs; --",
            "<script>alert(1)</script>",
            "%",
            "_\\",
            "\0",
            "\ud800",
            "${jndi:x}",
            "x".repeat(5000));

    @TestFactory
    List<DynamicTest> no_parameter_takes_more_than_a_value() {
        Map<String, String> rows = WebRows.insert(WEB.database());
        String key = WEB.key("admin");
        return new Contract()
                .operations().stream()
                        .filter(operation -> operation.method().equals("get") && !operation.isFeed())
                        .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> tries(operation, rows, key)))
                        .toList();
    }

    private static void tries(Operation operation, Map<String, String> rows, String key) {
        for (Parameter parameter : operation.parameters()) {
            for (String trick : TRICKS) {
                String value = URLEncoder.encode(trick, StandardCharsets.UTF_8);
                String path = ContractTest.path(operation, rows);
                Answer answer = WEB.get(
                        parameter.in().equals("path")
                                ? operation.path().replaceAll("\\{[^}]*}", value.replace("$", "\\$"))
                                : path + (path.contains("?") ? "&" : "?") + parameter.name() + "=" + value,
                        "Authorization",
                        key);
                assertThat(answer.status())
                        .as("%s=%s: %s", parameter.name(), trick, answer.text())
                        .isIn(200, 400, 404, 414, 431);
                assertThat(answer.header("Content-Type")).isIn("application/json", "application/problem+json", null);
                assertThat(answer.text()).doesNotContain("select ", "PL/pgSQL", "org.postgresql");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=-1",
                "limit=1001",
                "limit=x",
                "limit=99999999999999999999",
                "after=x",
                "nonsense=1"
            })
    void what_is_not_allowed_is_said(String asked) {
        Answer answer = WEB.get(RUNS + "?" + asked);
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("detail").asText()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"of\":\"list-runs\",\"key\":[\"x\"]}",
                "{\"of\":\"list-runs\",\"key\":[1e400]}",
                "{\"of\":\"list-runs\",\"key\":[\"1; drop table ops.runs\"]}",
                "{\"of\":\"list-runs\",\"key\":{}}",
                "{\"of\":\"list-sources\",\"key\":[1]}",
                "[]"
            })
    void a_forged_cursor_is_refused(String cursor) {
        WebRows.insert(WEB.database());
        String after = Base64.getUrlEncoder().withoutPadding().encodeToString(cursor.getBytes(StandardCharsets.UTF_8));
        assertThat(WEB.get(RUNS + "?after=" + after).status()).isEqualTo(400);
    }

    @Test
    void a_cursor_beyond_the_end_finds_nothing() {
        WebRows.insert(WEB.database());
        String after = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"of\":\"list-runs\",\"key\":[-9]}".getBytes(StandardCharsets.UTF_8));
        assertThat(WEB.get(RUNS + "?after=" + after).json().path("items")).isEmpty();
        assertThat(WEB.get("/api/v1/changes?after=9223372036854775807").json().path("items"))
                .isEmpty();
    }

    @Test
    void a_body_that_is_too_large_is_refused() {
        assertThat(WEB.post("/login", "name=" + "x".repeat(300_000)).status()).isEqualTo(413);
        Answer answer = WEB.post("/api/v1/sources", "x".repeat(300_000), "Authorization", WEB.key("admin"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(413);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("detail").asText()).contains("larger than 256 kB");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/../application.properties",
                "/assets/%2e%2e/%2e%2e/application.properties",
                "/assets/swagger-ui/..%2f..%2f..%2fMANIFEST.MF",
                "/api/v1/../../etc/passwd",
                "/api/v1/runs/1%2f..%2f2",
                "/api/v1/nothing",
                "/api/v1/runs.csv.json",
                "/api/v1/runs/1.csv"
            })
    void a_path_leads_to_nothing_else(String path) throws IOException {
        assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 (400|404) .*");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/nothing, 404",
        "GET, //api/v1/nothing, 404",
        "POST, /api/v1/nothing, 404",
        "POST, //api/v1/runs, 405",
        "DELETE, /api/v1/runs, 405",
        "PUT, /api/v1/sources/x.json, 405",
        "POST, /api/v1/runs.csv, 404",
        "TRACE, /api/v1/runs, 405",
        "OPTIONS, /api/v1/nothing, 404",
        "OPTIONS, /feeds/nothing, 404",
        "GET, /feeds/nothing, 404",
        "GET, /api/v1/runs/x, 404",
        "GET, /api/v1/datasets/x, 404",
        "GET, /api/v1/runs?room=x, 400"
    })
    void what_no_route_answers_is_a_problem_too(String method, String path, int status) throws IOException {
        String answer = raw("%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                .formatted(method, path));
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .containsIgnoringCase("content-type: application/problem+json");
        assertThat(new ObjectMapper()
                        .readTree(answer.substring(answer.indexOf('{'), answer.lastIndexOf('}') + 1))
                        .path("status")
                        .asInt())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/runs, 'GET, HEAD, OPTIONS'",
        "/api/v1/sources, 'GET, HEAD, OPTIONS, POST'",
        "/api/v1/sources/x/walk, 'OPTIONS, POST'",
        "/feeds/changes.atom, 'GET, HEAD, OPTIONS'",
        "/, 'GET, HEAD, OPTIONS'",
        "/login, 'GET, HEAD, OPTIONS, POST'",
        "/sources/x/act, 'OPTIONS, POST'",
        "/datasets/x, 'GET, HEAD, OPTIONS'",
        "/assets/console.css, 'GET, HEAD, OPTIONS'",
        "/health/live, 'GET, HEAD, OPTIONS'"
    })
    void what_an_address_takes_is_what_contract_and_routes_say(String path, String allowed) throws IOException {
        for (String method : List.of("OPTIONS", "DELETE")) {
            assertThat(raw("%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(method, path)))
                    .startsWith(method.equals("OPTIONS") ? "HTTP/1.1 204" : "HTTP/1.1 405")
                    .containsIgnoringCase("\r\nallow: " + allowed + "\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"9000, 0, 414", "1, 20000, 431"})
    void what_is_too_long_to_be_read_is_said(int line, int header, int status) throws IOException {
        String answer =
                raw("GET /api/v1/runs?room=%s HTTP/1.1\r\nHost: localhost\r\nX-Long: %s\r\nConnection: close\r\n\r\n"
                        .formatted("x".repeat(line), "x".repeat(header)));
        // Of a first line that cannot be read the server does not know the version.
        assertThat(answer)
                .matches("(?s)HTTP/1\\.[01] %d .*".formatted(status))
                .contains("application/problem+json", "\"detail\"");
    }

    @Test
    void a_body_that_does_not_come_is_not_waited_for() throws IOException {
        String answer = raw("POST /api/v1/sources HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\nx");
        assertThat(answer).startsWith("HTTP/1.1 408").contains("\"status\":408");
    }

    @Test
    void a_source_may_be_named_like_a_file() {
        for (String name : List.of("x.json", "x.csv", "x.ndjson")) {
            TestDatabase.execute(
                    "insert into harvest.sources (name, kind, url, host) values ('%s', 'ckan', 'https://%1$s.example', 'x')"
                            .formatted(name));
            Answer source = WEB.get("/api/v1/sources/" + name);
            assertThat(source.status()).as(source.text()).isEqualTo(200);
            assertThat(source.json().path("source").asText()
                            + source.json().path("name").asText())
                    .contains(name);
            assertThat(WEB.get("/api/v1/sources/" + name + "/walks.csv").header("Content-Type"))
                    .isEqualTo("text/csv; charset=utf-8");
            Answer paused = WEB.post("/api/v1/sources/" + name + "/pause", "", "Authorization", WEB.key("admin"));
            assertThat(paused.status()).as(paused.text()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/csv;q=0 | 406",
                "text/csv;q=0, */* | application/json",
                "application/json;q=0, */*;q=0.1 | text/csv; charset=utf-8",
                "text/csv;q=0.2, application/x-ndjson;q=0.9 | application/x-ndjson",
                "text/csv, application/json | text/csv; charset=utf-8",
                "text/html,application/xhtml+xml,*/*;q=0.8 | application/json"
            })
    void what_is_wanted_most_is_sent_and_nothing_that_is_not_wanted(String accept, String due) {
        WebRows.insert(WEB.database());
        Answer answer = WEB.get(RUNS, "Accept", accept);
        assertThat(answer.status() == 200 ? answer.header("Content-Type") : String.valueOf(answer.status()))
                .isEqualTo(due);
    }

    @Test
    void metrics_are_asked_for_by_programs_wherever_they_are() {
        Answer answer = WEB.get("/metrics", "X-Forwarded-For", "192.0.2.1");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(WEB.get("/runs", "X-Forwarded-For", "192.0.2.1").status()).isEqualTo(303);
    }

    @Test
    void an_answer_that_is_known_is_not_sent_again() {
        WebRows.insert(WEB.database());
        Answer first = WEB.get(RUNS);
        Answer again = WEB.get(RUNS, "If-None-Match", first.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.http().body()).isEmpty();
        assertThat(WEB.get(RUNS + "?limit=1", "If-None-Match", first.header("ETag"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void an_answer_is_compressed_for_who_takes_it_so() throws IOException {
        WebRows.insert(WEB.database());
        for (String path : List.of(RUNS, RUNS + ".csv", "/api/openapi.json")) {
            Answer answer = WEB.get(path, "Accept-Encoding", "gzip");
            assertThat(answer.header("Content-Encoding")).as(path).isEqualTo("gzip");
            try (InputStream plain =
                    new GZIPInputStream(new ByteArrayInputStream(answer.http().body()))) {
                assertThat(plain.readAllBytes()).isEqualTo(WEB.get(path).http().body());
            }
        }
    }

    @Test
    void head_answers_what_get_does_without_a_body() {
        WebRows.insert(WEB.database());
        for (String path : List.of(RUNS, RUNS + ".csv", "/api/openapi.json")) {
            Answer head = WEB.send(HttpRequest.newBuilder(WEB.at(path))
                    .method("HEAD", HttpRequest.BodyPublishers.noBody())
                    .build());
            assertThat(head.status()).as(path).isEqualTo(200);
            assertThat(head.http().body()).isEmpty();
            assertThat(head.header("Content-Type")).isEqualTo(WEB.get(path).header("Content-Type"));
        }
    }

    @Test
    void pages_of_named_origins_may_read_and_no_others() throws IOException {
        String asked = "OPTIONS %s HTTP/1.1\r\nHost: localhost\r\nOrigin: %s\r\n"
                + "Access-Control-Request-Method: GET\r\nConnection: close\r\n\r\n";
        assertThat(raw(asked.formatted(RUNS, "https://data.example")))
                .startsWith("HTTP/1.1 204 ")
                .containsIgnoringCase("Access-Control-Allow-Origin: https://data.example\r\n")
                .containsIgnoringCase("Access-Control-Allow-Headers: Accept, Authorization")
                .doesNotContainIgnoringCase("Allow-Credentials");
        assertThat(raw(asked.formatted(RUNS, "https://evil.example")))
                .doesNotContainIgnoringCase("Access-Control-Allow-Origin");
        assertThat(raw(asked.formatted("/login", "https://data.example")))
                .doesNotContainIgnoringCase("Access-Control-Allow-Origin");
        Answer read = WEB.get(RUNS, "Origin", "http://localhost:3000");
        assertThat(read.header("Access-Control-Allow-Origin")).isEqualTo("http://localhost:3000");
        assertThat(read.header("Vary")).contains("Origin");
        assertThat(WEB.get(RUNS, "Origin", "null").header("Access-Control-Allow-Origin"))
                .isNull();
    }

    @Test
    void the_contract_is_that_of_the_routes() throws IOException {
        assertThat(new ObjectMapper()
                        .readTree(WEB.get("/api/openapi.json").text())
                        .path("openapi")
                        .asText())
                .isEqualTo("3.0.3");
    }

    /** What the HTTP client of Java would not send. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", WEB.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
