package dev.catchment.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Await;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.WebRig;
import dev.catchment.support.WebRig.Answer;
import dev.catchment.support.WebRows;
import dev.catchment.web.gate.Tokens;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What acts: who may, what is answered, and that it happens. */
class ActsTest {
    @RegisterExtension
    static final WebRig WEB = new WebRig();

    private Map<String, String> rows;

    @BeforeEach
    void rows() {
        rows = WebRows.insert(WEB.database());
    }

    private static Stream<Operation> acts() {
        return new Contract()
                .operations().stream().filter(operation -> !operation.method().equals("get"));
    }

    @TestFactory
    List<DynamicTest> only_an_admin_acts() {
        String viewer = WEB.key("viewer");
        String session = WEB.login("mira", "admin");
        return acts().map(operation -> DynamicTest.dynamicTest(operation.id(), () -> {
                    String path = ContractTest.path(operation, rows);
                    assertThat(WEB.post(path, "").status()).isEqualTo(401);
                    assertThat(WEB.post(path, "", "Authorization", viewer).status())
                            .isEqualTo(403);
                    assertThat(WEB.post(path, "", "Cookie", session).status()).isEqualTo(403);
                    assertThat(WEB.post(path, "csrf=" + Tokens.ofForms("another"), "Cookie", session)
                                    .status())
                            .isEqualTo(403);
                    assertThat(WEB.get(path).status()).isIn(200, 401, 404, 405);
                }))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/sources/nowhere/walk, 404",
        "/api/v1/sources/nowhere/pause, 404",
        "/api/v1/plans/00000000-0000-4000-8000-0000000000b9/apply, 404",
        "/api/v1/plans/00000000-0000-4000-8000-0000000000b1/apply, 409",
        "/api/v1/plans/x/apply, 404",
        "/api/v1/sources/nowhere/stop, 404",
        "/api/v1/sources/north/stop, 409",
        "/api/v1/sources/south/retirement/confirm, 409",
        "/api/v1/sources/nowhere/retirement/confirm, 404",
        "/api/v1/sources/nowhere/plan, 404",
        "/api/v1/regions/us/stop, 409",
        "/api/v1/runs/1/stop, 409",
        "/api/v1/runs/99/undo, 404",
        "/api/v1/runs/99/stop, 404",
        "/api/v1/runs/x/undo, 404",
        "/api/v1/names/jobs/00000000-0000-4000-8000-0000000000a1/retry, 409",
        "/api/v1/names/jobs/00000000-0000-4000-8000-0000000000a9/retry, 404",
        "/api/v1/names/jobs/00000000-0000-4000-8000-0000000000a9/cancel, 404",
        "/api/v1/policy/watch?source=00000000-0000-4000-8000-0000000000a9, 404",
        "/api/v1/webhooks/nowhere/pause, 404",
        "/api/v1/webhooks/nowhere/remove, 404",
        "/api/v1/webhooks/visas/test, 409",
        "/api/v1/regions/mars/crawl, 404"
    })
    void what_cannot_be_done_is_said(String path, int status) {
        Answer answer = WEB.post(path, "", "Authorization", WEB.key("admin"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("detail").asText()).isNotBlank();
    }

    @Test
    void a_source_is_paused_and_resumed() {
        String key = WEB.key("admin");
        done("/api/v1/sources/north/pause", key, 200, "/api/v1/sources/north");
        assertThat(WEB.get("/api/v1/sources/north").json().path("is_active").asBoolean())
                .isFalse();
        done("/api/v1/sources/north/resume", key, 200, "/api/v1/sources/north");
        assertThat(WEB.get("/api/v1/sources/north").json().path("is_active").asBoolean())
                .isTrue();
    }

    @Test
    void a_form_of_the_console_acts_as_a_key_does() {
        String session = WEB.login("mira", "admin");
        String token = session.substring(session.indexOf('=') + 1);
        Answer answer = WEB.post("/api/v1/sources/north/pause", "csrf=" + Tokens.ofForms(token), "Cookie", session);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void what_was_held_back_is_dismissed_in_a_run_of_its_own() {
        done("/api/v1/sources/north/retirement/dismiss", WEB.key("admin"), 202, "/api/v1/retirements?source=north");
        Await.until(
                "the retirement is decided",
                () -> WEB.get("/api/v1/retirements?source=north&limit=1")
                        .json()
                        .at("/items/0/decision")
                        .asText(),
                "dismissed"::equals);
    }

    @Test
    void a_job_is_cancelled_and_retried() {
        String key = WEB.key("admin");
        String job = "/api/v1/names/jobs/" + WebRows.JOB;
        done(job + "/cancel", key, 200, job);
        assertThat(WEB.get(job).json().path("status").asText()).isEqualTo("cancelled");
        done(job + "/retry", key, 200, job);
        assertThat(WEB.get(job).json().path("status").asText()).isEqualTo("queued");
    }

    @Test
    void sources_are_imported_from_the_body() {
        Answer answer = WEB.send(HttpRequest.newBuilder(WEB.at("/api/v1/sources"))
                .header("Authorization", WEB.key("admin"))
                .header("Content-Type", "application/yaml")
                .POST(HttpRequest.BodyPublishers.ofString("- {name: east, kind: ckan, url: 'https://east.example'}\n"))
                .build());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("message").asText()).startsWith("succeeded: 1 sources were added");
        assertThat(WEB.get("/api/v1/sources/east").status()).isEqualTo(200);
    }

    @Test
    void a_subscription_is_asked_for_and_not_shown() {
        Answer answer = WEB.send(HttpRequest.newBuilder(WEB.at("/api/v1/policy/subscriptions"))
                .header("Authorization", WEB.key("admin"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"email\": \"new@subscriber.example\", \"origin\": \"af\"}"))
                .build());
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(answer.text()).doesNotContain("subscriber.example");
        assertThat(TestDatabase.text("select origin_country from policy.route_subscriptions where email like 'new@%'"))
                .isEqualTo("AF");
        assertThat(WEB.post("/api/v1/policy/subscriptions", "email=nobody", "Authorization", WEB.key("admin"))
                        .status())
                .isEqualTo(400);
        Answer noCountry = WEB.post(
                "/api/v1/policy/subscriptions",
                "email=other@subscriber.example&origin=UK",
                "Authorization",
                WEB.key("admin"));
        assertThat(noCountry.status()).isEqualTo(400);
        assertThat(noCountry.text()).contains("origin", "ISO 3166-1, such as GB");
    }

    @Test
    void no_act_takes_what_it_would_not_heed() {
        String key = WEB.key("admin");
        acts().forEach(operation -> {
            String path = ContractTest.path(operation, rows);
            for (String body : List.of("[1]", "5", "{\"nonsense\": 1}", "{\"email\": ", "\"x\"")) {
                refused(sent(path, "application/json", body, key), 400, 415);
            }
            refused(WEB.post(path, "nonsense=1", "Authorization", key), 400, 415);
            refused(sent(path, "multipart/form-data; boundary=x", MULTIPART, key), 400, 415);
            refused(sent(path, "image/png", "x", key), 400, 415);
        });
        assertThat(TestDatabase.number("select count(*) from ops.runs where trigger = 'api'"))
                .isZero();
    }

    private static final String MULTIPART =
            "--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n- {name: east}\r\n--x--\r\n";

    private static Answer sent(String path, String type, String body, String key) {
        return WEB.send(HttpRequest.newBuilder(WEB.at(path))
                .header("Authorization", key)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static void refused(Answer answer, Integer... statuses) {
        assertThat(answer.status()).as(answer.text()).isIn((Object[]) statuses);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.json().path("detail").asText()).isNotBlank();
    }

    @Test
    void what_has_to_be_sent_is_said() {
        String key = WEB.key("admin");
        for (String type :
                List.of("application/yaml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")) {
            Answer answer = sent("/api/v1/sources", type, "", key);
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.json().path("detail").asText()).contains("application/yaml", "text/csv");
        }
        Answer picture = sent("/api/v1/sources", "image/png", "x", key);
        assertThat(picture.status()).isEqualTo(415);
        assertThat(picture.json().path("detail").asText()).contains("image/png", "application/yaml");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"email": "new@subscriber.example", "orgin": "af"} | There is no field orgin. Fields: email, origin, destination, visa_type.
            {"email": 5} | email is not allowed to be 5
            {"email": ["new@subscriber.example"]} | email is not allowed to be
            {"origin": "af"} | The field email is missing
            {"email": "new@subscriber.example", "origin": "afg"} | origin=afg is not allowed
            {"email": "new@subscriber.example"} x | cannot be read
            [{"email": "new@subscriber.example"}] | cannot be read
            """)
    void a_subscription_that_is_not_what_was_meant_is_refused(String body, String said) {
        Answer answer = sent("/api/v1/policy/subscriptions", "application/json", body, WEB.key("admin"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        assertThat(answer.json().path("detail").asText()).contains(said);
        assertThat(TestDatabase.number("select count(*) from policy.route_subscriptions where email like 'new@%'"))
                .isZero();
        Answer form = WEB.post(
                "/api/v1/policy/subscriptions",
                "email=new@subscriber.example&orgin=af",
                "Authorization",
                WEB.key("admin"));
        assertThat(form.status()).as(form.text()).isEqualTo(400);
    }

    @Test
    void an_import_that_failed_is_no_success() {
        Answer answer = sent("/api/v1/sources", "application/yaml", "- {name: [", WEB.key("admin"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        String run = TestDatabase.text("select max(id) from ops.runs");
        assertThat(answer.json().path("detail").asText()).contains("failed", "/api/v1/runs/" + run);
        assertThat(WEB.get("/api/v1/runs/" + run).json().path("status").asText())
                .isEqualTo("failed");
    }

    @Test
    void what_an_import_rejected_is_where_it_says() {
        Answer answer = sent(
                "/api/v1/sources",
                "application/yaml",
                "- {name: east, kind: ckan, url: 'https://east.example'}\n- {name: west, kind: nonsense, url: 'https://west.example'}\n",
                WEB.key("admin"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        String message = answer.json().path("message").asText();
        assertThat(message).contains("1 sources were added", "1 rejected");
        String rejects = message.replaceAll(".*(/api/v1/runs/\\d+/rejects).*", "$1");
        assertThat(WEB.get(rejects).json().path("items")).hasSize(1);
    }

    @Test
    void who_adds_a_webhook_is_told_which_changes_were_deleted_of_those_that_it_is_to_get() throws Exception {
        WEB.execute("select harvest.note_deleted_changes(5)");
        String webhook = "{\"name\": \"%s\", \"url\": \"https://192.0.1.1/path\", \"since\": %d}";
        assertThat(json("/api/v1/webhooks", webhook.formatted("late", 4), WEB.key("admin"))
                        .json()
                        .path("lacks")
                        .asLong())
                .isEqualTo(5);
        assertThat(json("/api/v1/webhooks", webhook.formatted("right", 5), WEB.key("admin"))
                        .json()
                        .path("lacks")
                        .isNull())
                .isTrue();
    }

    @Test
    void a_webhook_is_added_with_a_secret_that_is_shown_once_and_is_paused_resumed_and_removed() {
        String key = WEB.key("admin");
        Answer added = json(
                "/api/v1/webhooks",
                "{\"name\": \"tides\", \"url\": \"https://192.0.1.1/s3cret-path\", \"q\": \"tide\", \"since\": 0}",
                key);
        assertThat(added.status()).as(added.text()).isEqualTo(200);
        assertThat(added.json().path("secret").asText()).startsWith("whsec_");
        assertThat(added.json().path("origin").asText()).isEqualTo("https://192.0.1.1");
        assertThat(added.json().path("after").asLong()).isZero();
        assertThat(added.json().path("lacks").isNull()).isTrue();
        Answer listed = WEB.get("/api/v1/webhooks?fields=name,filter,created_by,state", "Authorization", key);
        assertThat(listed.text())
                .contains("{\"name\":\"tides\",\"filter\":{\"q\":\"tide\"},\"created_by\":\"admin key ")
                .doesNotContain("whsec_", "s3cret-path");
        done("/api/v1/webhooks/tides/pause", key, 200, "/api/v1/webhooks");
        assertThat(WEB.get("/api/v1/webhooks", "Authorization", key).text()).contains("\"state\":\"paused\"");
        done("/api/v1/webhooks/tides/resume", key, 200, "/api/v1/webhooks");
        done("/api/v1/webhooks/tides/remove", key, 200, "/api/v1/webhooks");
        assertThat(WEB.get("/api/v1/webhooks", "Authorization", key).text()).doesNotContain("tides");
    }

    @ParameterizedTest
    @CsvSource({
        "https://127.0.0.1/x, changes, 409, not a public address",
        "http://hooks.example/x, changes, 409, https://",
        "https://192.0.1.1/x, rumours, 400, changes"
    })
    void a_webhook_that_cannot_be_is_refused(String url, String feed, int status, String says) {
        Answer answer = json(
                "/api/v1/webhooks",
                "{\"name\": \"tides\", \"url\": \"%s\", \"feed\": \"%s\"}".formatted(url, feed),
                WEB.key("admin"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.json().path("detail").asText()).contains(says);
    }

    private static Answer json(String path, String body, String key) {
        return sent(path, "application/json", body, key);
    }

    private static void done(String path, String key, int status, String look) {
        Answer answer = WEB.post(path, "", "Authorization", key);
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Location")).isEqualTo(look);
        assertThat(answer.json().path("message").asText()).isNotBlank();
    }
}
