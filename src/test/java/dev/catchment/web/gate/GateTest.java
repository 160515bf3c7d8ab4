package dev.catchment.web.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.flow.ActiveRuns;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.WebRig;
import dev.catchment.support.WebRig.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GateTest {
    @RegisterExtension
    static final WebRig WEB = new WebRig().alone();

    private static final String RUNS = "/api/v1/runs";

    @Test
    void who_sits_at_this_machine_reads_without_a_login() {
        assertThat(WEB.get(RUNS).status()).isEqualTo(200);
        assertThat(WEB.get("/").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Real-IP", "Via"})
    void what_a_proxy_hands_on_needs_a_login(String header) {
        assertThat(WEB.get(RUNS, header, "1").status()).isEqualTo(401);
        assertThat(WEB.get(RUNS, header, "1", "Authorization", WEB.key("viewer"))
                        .status())
                .isEqualTo(200);
        assertThat(WEB.get("/", header, "1").header("Location")).isEqualTo("/login?next=%2F");
    }

    /** A page of another site may have a browser here ask, by a name of its own that leads to 127.0.0.1. */
    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8080", ""})
    void a_request_for_another_host_needs_a_login(String host) throws IOException {
        assertThat(raw("GET " + RUNS + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                .matches("(?s)HTTP/1.1 (400|401) .*");
    }

    /** The last one: what drains does not come back. */
    @Test
    @Order(Integer.MAX_VALUE)
    void a_node_that_drains_answers_and_begins_nothing() {
        String admin = WEB.key("admin");
        WEB.service().bean("running", ActiveRuns.class).stopAll();
        Answer act = WEB.post("/api/v1/regions/us/crawl", "", "Authorization", admin);
        assertThat(act.status()).as(act.text()).isEqualTo(503);
        assertThat(act.header("Retry-After")).isNotNull();
        assertThat(act.text()).contains("drains");
        assertThat(WEB.get(RUNS).status()).isEqualTo(200);
        assertThat(TestDatabase.number("select count(*) from ops.runs")).isZero();
    }

    /** Camel puts both into one map. */
    @Test
    void a_parameter_of_the_query_is_no_header() {
        Answer answer = WEB.get(RUNS + "?Authorization=Bearer+x");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).startsWith("There is no parameter Authorization.");
    }

    @Test
    void a_key_is_refused_alike_when_it_is_wrong_unknown_expired_or_revoked() throws Exception {
        String wrong = WEB.key("viewer") + "x";
        String unknown = "Bearer 00000000-0000-4000-8000-000000000000." + Tokens.random();
        String revoked = WEB.key("viewer");
        String expired = WEB.key("admin");
        WEB.execute("update web.api_keys set revoked_at = now() where id::text = '" + id(revoked) + "'");
        WEB.execute(
                "update web.api_keys set expires_at = now() - interval '1 s' where id::text = '" + id(expired) + "'");
        List<String> answers = List.of(wrong, unknown, revoked, expired, "Bearer nonsense", "Basic YTpi").stream()
                .map(key -> WEB.get(RUNS, "Authorization", key))
                .map(answer -> answer.status() + answer.text())
                .distinct()
                .toList();
        assertThat(answers).singleElement().asString().startsWith("401");
    }

    @Test
    void a_key_that_was_just_used_is_refused_once_it_is_revoked() {
        String key = WEB.key("viewer");
        assertThat(WEB.get(RUNS, "Authorization", key).status()).isEqualTo(200);
        WEB.database().rows("web/update-revoked-key", Map.of("key", id(key)));
        assertThat(WEB.get(RUNS, "Authorization", key).status()).isEqualTo(401);
    }

    @Test
    void the_database_knows_no_key_and_no_token() {
        String key = WEB.key("viewer");
        String cookie = WEB.login("mira", "viewer");
        String held = TestDatabase.text(
                "select string_agg(k::text, '') || (select string_agg(s::text, '') from web.sessions s) from web.api_keys k");
        assertThat(held)
                .contains("$2b$")
                .doesNotContain(key.substring(key.indexOf('.') + 1))
                .doesNotContain(cookie.substring(cookie.indexOf('=') + 1));
    }

    @Test
    void attempts_on_one_key_are_limited() {
        String wrong = WEB.key("viewer") + "x";
        List<Integer> answers = IntStream.range(0, 25)
                .mapToObj(i -> WEB.get(RUNS, "Authorization", wrong).status())
                .toList();
        assertThat(answers).startsWith(401).endsWith(429);
    }

    @Test
    void a_login_lasts_until_it_is_ended() {
        String cookie = WEB.login("mira", "viewer");
        assertThat(WEB.get("/", "Cookie", cookie, "Via", "1").status()).isEqualTo(200);
        assertThat(WEB.post("/logout", "", "Cookie", cookie).status()).isEqualTo(303);
        assertThat(WEB.get("/", "Cookie", cookie, "Via", "1").status()).isEqualTo(303);
    }

    @Test
    void a_login_sets_a_cookie_that_no_script_and_no_other_site_can_use() {
        WEB.login("tls", "viewer");
        Answer answer = WEB.post("/login", "name=tls&password=correct+horse", "X-Forwarded-Proto", "https");
        assertThat(answer.header("Set-Cookie")).contains("; HttpOnly", "; SameSite=Lax", "; Secure");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//evil.example", "/\\evil.example", "https://evil.example", "/%0d%0aSet-Cookie:x", ""})
    void a_login_leads_nowhere_else(String next) {
        String name = "next" + Math.abs(next.hashCode());
        WEB.login(name, "viewer");
        String form =
                "name=" + name + "&password=correct+horse&next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        assertThat(WEB.post("/login", form).header("Location")).isIn("/", "/%0d%0aSet-Cookie:x");
    }

    @Test
    void a_login_of_another_site_is_refused() {
        assertThat(WEB.post("/login", "name=a&password=b", "Origin", "https://evil.example")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void guesses_of_a_password_are_limited() {
        WEB.login("mira", "viewer");
        List<Integer> answers = IntStream.range(0, 12)
                .mapToObj(i ->
                        WEB.post("/login", "name=guessed&password=wrong" + i).status())
                .toList();
        assertThat(answers).startsWith(403).endsWith(429);
    }

    private static String id(String key) {
        return key.substring("Bearer ".length(), key.indexOf('.'));
    }

    /** What the HTTP client of Java would not send. */
    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", WEB.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
