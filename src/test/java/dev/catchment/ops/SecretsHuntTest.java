package dev.catchment.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.catchment.cli.Cli;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.embedded.ServerPort;
import dev.catchment.support.Await;
import dev.catchment.support.CapturedLog;
import dev.catchment.support.Defaults;
import dev.catchment.support.TemporaryFolder;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.TestServer;
import dev.catchment.web.gate.Bcrypt;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Plants a secret of each kind, has everything that takes one go wrong, and hunts for them wherever something is TOLD. */
class SecretsHuntTest {
    private static final String PLANTED =
            "sesame" + UUID.randomUUID().toString().substring(0, 8);
    /** Whatever a secret is derived from stands in it. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "SOCRATA_APP_TOKEN", PLANTED + "token",
            "SMTP_PASSWORD", PLANTED + "mail",
            "WEBHOOK_SECRET", PLANTED + "hook",
            "HUNT_SECRET", PLANTED + "source");

    /** What an earlier version took: it stands in the tables, and only those who may act see it. */
    private static final String STORED = "open" + UUID.randomUUID().toString().substring(0, 8);

    private static final List<String> WAYS_TO_A_SECRET = List.of(
            "https://me:%s@portal.example",
            "https://portal.example/?api_key=%s", "https://portal.example/a?b=1&token=%s");

    private static final String PASSWORD = PLANTED + "database";
    private static final String OF_A_PERSON = PLANTED + "person";
    private static final String OF_A_KEY = PLANTED + "-of-a-program";

    private static final Map<String, String> TOLD = new LinkedHashMap<>();
    private static CapturedLog log;
    private static Service service;
    private static int port;
    private static String session;
    private static String secretOfAWebhook;

    @BeforeAll
    static void plant() throws Exception {
        log = CapturedLog.of(Level.DEBUG);
        TestDatabase.empty();
        port = ServerPort.free();
        Map<String, String> settings = new HashMap<>();
        settings.put("web.port", String.valueOf(port));
        settings.put("data.dir", TemporaryFolder.create("hunt").toString());
        settings.put("catalog.us.url", "http://127.0.0.1:1/api/catalog/v1");
        settings.put("http.max-retries", "1");
        settings.put("http.retry-delay", "10ms");
        settings.put("harvest.http.allow-private", "127.0.0.1");
        settings.put("policy.mail.host", "127.0.0.1");
        settings.put("policy.mail.port", "1");
        settings.put("policy.mail.user", "me");
        settings.put("policy.mail.security", "none");
        settings.put("ops.alerts.mail", "me@example.org");
        settings.put("ops.alerts.webhook", "http://127.0.0.1:1/hook");
        settings.put("ops.alerts.collect", "0ms");
        settings.put("webhooks.http.allow-private", "127.0.0.1");
        service = Service.start(
                Defaults.settings().with(settings),
                TestDatabase.get(),
                ENVIRONMENT,
                Routes.all().without("(?!shared/|web-).*-(schedule|inbox)"));
        goWrong();
    }

    @AfterAll
    static void stop() {
        service.close();
        log.close();
    }

    /** A crawl, a walk, a mail and a post fail; a login and a key are used, rightly and wrongly. */
    private static void goWrong() throws Exception {
        jmx("Catalog", "crawl", "us");
        TestDatabase.execute("insert into harvest.sources (name, kind, url, host, secret) values"
                + " ('hunted', 'ckan', 'http://127.0.0.1:1', '127.0.0.1', 'HUNT_SECRET')");
        jmx("Harvest", "run", "hunted");
        Await.until(
                "both have failed",
                () -> TestDatabase.number("select count(*) from ops.runs where status = 'failed'"),
                failed -> failed >= 2);
        TestDatabase.execute(PAST.replace("STORED", STORED));
        jmx("Harvest", "run", "stored");
        Await.until(
                "its walk has failed",
                () -> TestDatabase.number("select count(*) from ops.runs where scope = 'stored' and status = 'failed'"),
                failed -> failed > 0);
        Cli cli = Cli.on(TestServer.url().connectionUrl());
        for (String way : WAYS_TO_A_SECRET) {
            String url = way.formatted(PLANTED);
            Cli.Said said = cli.run("sources", "add", "ckan", url);
            TOLD.put("sources add " + way, said.code() + said.out() + said.err());
            Path file = Files.writeString(
                    TemporaryFolder.create("hunt").resolve("policies.yaml"),
                    "- {name: Fees, country: GB, visa_type: work, url: '%s', fetch_type: html}%n".formatted(url));
            said = cli.run("policy", "import", file.toString());
            TOLD.put("policy import " + way, said.code() + said.out() + said.err());
            file = Files.writeString(
                    TemporaryFolder.create("hunt").resolve("sources.ndjson"),
                    "{\"kind\":\"ckan\",\"url\":\"%s\"}%n".formatted(url));
            said = cli.run("sources", "import", file.toString());
            TOLD.put("sources import " + way, said.code() + said.out() + said.err());
        }
        TOLD.put("alerts", String.valueOf(service.ask("ops-alerts", "")));
        // What it is signed with is shown this once, and is nowhere else.
        secretOfAWebhook = String.valueOf(service.ask(
                        "webhooks-manage-add",
                        Map.of("name", "hunted", "url", "http://127.0.0.1:1/" + PLANTED, "since", 0L))
                .get("secret"));
        TestDatabase.execute("insert into harvest.changes (dataset_id, source_id, change, run_id, changed_at)"
                + " select gen_random_uuid(), id, 'added', 1, now() from harvest.sources");
        TestDatabase.get().rows("harvest/publish-changes", Map.of());
        TOLD.put("deliveries", String.valueOf(service.ask("webhooks-deliver", "")));
        TOLD.put("error of a wrong password", wrongPassword());
        String key = key("admin");
        service.bean("database", Database.class)
                .rows(
                        "web/insert-user",
                        Map.of("name", "hunted", "role", "admin", "hashed_password", Bcrypt.hash(OF_A_PERSON)));
        TOLD.put(
                "page after a wrong login",
                post("name=hunted&password=" + OF_A_PERSON + "x").body());
        HttpResponse<String> login = post("name=hunted&password=" + OF_A_PERSON);
        String cookie = login.headers().firstValue("Set-Cookie").orElseThrow();
        session = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
        TOLD.put("page after a login", login.body());
        for (String path : List.of(
                "/",
                "/login",
                "/api/openapi.json",
                "/api/v1/runs",
                "/api/v1/runs.csv",
                "/api/v1/nothing",
                "/health/live",
                "/health/ready",
                "/metrics")) {
            TOLD.put(path + " by key", get(path, "Authorization", "Bearer " + key));
            TOLD.put(path + " by a wrong key", get(path, "Authorization", "Bearer " + key + "x"));
            TOLD.put(path + " by login", get(path, "Cookie", cookie.substring(0, cookie.indexOf(';'))));
        }
    }

    private static final String PAST = """
            insert into harvest.sources (name, kind, url, host, is_active, health, health_reason) values
              ('stored', 'ckan', 'http://me:STORED@127.0.0.1:1/?api_key=STORED', '127.0.0.1', true, 'failing',
              'https://me:STORED@portal.example does not answer.');
            insert into ops.runs (
              id, room, flow, scope, trigger, mode, node, begun_at, started_at, heartbeat_at, status, finished_at, error, note)
            overriding system value
            values (9000, 'harvest', 'walk', 'past', 'cli', 'full', 'n', now(), now(), now(), 'failed', now(),
              'https://me:STORED@portal.example does not answer.', 'Asked https://portal.example/?a=1&token=STORED.');
            insert into ops.requests (run_id, sequence, requested_at, url, status, attempts, milliseconds, bytes, records)
            values (9000, 1, now(), 'https://portal.example/?$$app_token=STORED&page=2', 200, 1, 1, 1, 1);
            insert into ops.rejects (run_id, position, key, reason, severity, message, record, rejected_at)
            values (9000, '1', 'k', 'bad-date', 'error', 'https://me:STORED@portal.example is no date.',
              '{"contact": "STORED@clerk.example"}', now());
            insert into registry.sources (provider, source_key, name, url, raw)
            values ('socrata', 'past', 'Past', 'https://me:STORED@portal.example', '{}');
            insert into policy.sources (id, name, country, visa_type, url, fetch_type, moved_to, last_error, last_error_code,
              failures_in_a_row) values
              ('00000000-0000-4000-8000-000000009000', 'Past', 'GB', 'work', 'https://portal.example/?password=STORED', 'html',
              'https://portal.example/?access_token=STORED', 'https://me:STORED@portal.example does not answer.', 'x', 1);
            insert into policy.fetches (source_id, url, final_url, milliseconds, outcome, cause, message) values
              ('00000000-0000-4000-8000-000000009000', 'https://portal.example', 'https://portal.example/?X-Amz-Signature=STORED',
              1, 'failed', 'x', 'https://me:STORED@portal.example does not answer.')""";

    private static void jmx(String bean, String operation, String of) throws JMException {
        ManagementFactory.getPlatformMBeanServer()
                .invoke(new ObjectName("dev.catchment:type=" + bean), operation, new Object[] {of}, new String[] {
                    String.class.getName()
                });
    }

    private static String wrongPassword() {
        StringWriter said = new StringWriter();
        URI there = URI.create(TestDatabase.get().url().toString().replaceFirst("^jdbc:", ""));
        try (Database wrong = Database.open(
                "postgresql://nobody:%s@%s:%d%s".formatted(PASSWORD, there.getHost(), there.getPort(), there.getPath()),
                null,
                0,
                Defaults.settings().pool())) {
            throw new AssertionError("A wrong password was taken: " + wrong.url());
        } catch (Database.Unusable e) {
            for (Throwable each = e; each != null; each = each.getCause()) {
                said.append(each.toString());
            }
        }
        return said.toString();
    }

    private static String get(String path, String header, String value) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header(header, value)
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        return answer.headers().map() + answer.body();
    }

    private static HttpResponse<String> post(String form) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/login"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(form))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private static void hunt(String where, String text) {
        assertThat(text).as(where).doesNotContain(PLANTED);
        assertThat(text).as(where).doesNotContain(session).doesNotContain(secretOfAWebhook.substring(6));
    }

    @Test
    void no_log_has_one() {
        assertThat(log.all()).hasSizeGreaterThan(5).anyMatch(line -> line.contains("hunted"));
        log.all().forEach(line -> hunt("log", line));
    }

    @Test
    void no_answer_and_no_error_has_one() {
        assertThat(TOLD).hasSizeGreaterThan(25);
        TOLD.forEach(SecretsHuntTest::hunt);
    }

    @Test
    void a_url_with_a_secret_is_taken_nowhere_and_the_refusal_says_where_it_goes() {
        assertThat(TOLD.entrySet())
                .filteredOn(told -> told.getKey().matches("(sources|policy) (add|import) .*"))
                .hasSize(3 * WAYS_TO_A_SECRET.size())
                .allSatisfy(told -> assertThat(told.getValue())
                        .matches("(?s)[12].*")
                        .contains("without a parameter that is named like a secret"));
    }

    @Test
    void what_was_stored_before_is_shown_to_nobody_and_raw_records_to_an_admin_alone() throws Exception {
        String viewer = "Bearer " + key("viewer");
        String admin = "Bearer " + key("admin");
        List<String> pages = new ArrayList<>(List.of(
                "/",
                "/portals",
                "/sources/stored",
                "/runs",
                "/runs/9000",
                "/policy",
                "/policy/sources/00000000-0000-4000-8000-000000009000",
                "/registry",
                "/api/v1/runs/9000",
                "/api/v1/sources/stored",
                "/api/v1/policy/sources/00000000-0000-4000-8000-000000009000"));
        for (String list : List.of(
                "runs",
                "runs/9000/requests",
                "runs/9000/rejects",
                "sources",
                "sources/stored/walks",
                "registry/sources",
                "policy/sources")) {
            pages.addAll(List.of("/api/v1/" + list, "/api/v1/" + list + ".csv", "/api/v1/" + list + ".ndjson"));
        }
        for (String page : pages) {
            String seen = get(page, "Accept-Language", "en");
            assertThat(seen).as(page).contains("content-security-policy").doesNotContain(STORED, "Login needed");
            assertThat(get(page, "Authorization", viewer)).as(page).doesNotContain(STORED, "Login needed");
        }
        assertThat(get("/api/v1/runs/9000/rejects?is_admin=true", "Authorization", viewer))
                .doesNotContain(STORED);
        assertThat(get("/runs/9000?is_admin=true", "Authorization", viewer)).doesNotContain(STORED);
        assertThat(get("/api/v1/runs/9000/rejects", "Authorization", admin)).contains(STORED + "@clerk.example");
        assertThat(get("/runs/9000", "Authorization", admin)).contains(STORED + "@clerk.example");
        assertThat(log.all()).noneMatch(line -> line.contains(STORED));
        assertThat(TestDatabase.texts("select r::text from ops.runs r where scope = 'stored'"))
                .isNotEmpty()
                .noneMatch(row -> row.contains(STORED));
    }

    @Test
    void what_was_stored_before_is_not_seen_in_sql_by_who_reads() {
        List<String> columns = TestDatabase.texts("select format('%s %I', c.oid::regclass, a.attname) from pg_class c"
                + " join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped"
                + " where c.relkind in ('r', 'p', 'v', 'm') and c.relnamespace::regnamespace::text"
                + " in ('ops', 'catalog', 'harvest', 'registry', 'names', 'policy', 'web', 'webhooks')"
                // The ledger of earlier versions is cleared of them once, by V028.
                + " and c.oid not in ('ops.runs'::regclass, 'ops.requests'::regclass)"
                + " and has_column_privilege('api_readonly', c.oid, a.attnum, 'select')");
        assertThat(columns)
                .hasSizeGreaterThan(300)
                .contains("harvest.shown_sources url", "policy.shown_fetches final_url", "ops.shown_rejects message");
        for (String column : columns) {
            String[] of = column.split(" ");
            assertThat(TestDatabase.number(
                            "select count(*) from %s where strpos(%s::text, '%s') > 0".formatted(of[0], of[1], STORED)))
                    .as(column)
                    .isZero();
        }
    }

    private static String key(String role) {
        String id = UUID.randomUUID().toString();
        Map<String, Object> key =
                new HashMap<>(Map.of("id", id, "key_hash", Bcrypt.hash(OF_A_KEY), "name", id, "role", role));
        key.put("expires_at", null);
        service.bean("database", Database.class).rows("web/insert-key", key);
        return id + "." + OF_A_KEY;
    }

    @Test
    void no_table_has_one() {
        List<String> tables = TestDatabase.texts("select c.oid::regclass::text from pg_class c"
                + " join pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p')"
                + " and n.nspname in ('ops', 'catalog', 'harvest', 'registry', 'names', 'policy', 'web', 'webhooks')");
        assertThat(tables).hasSizeGreaterThan(30).contains("ops.runs", "web.sessions", "ops.messages");
        for (String table : tables) {
            // The one place for an address whose path is a secret of its receiver.
            String row = table.equals("webhooks.webhooks") ? "(to_jsonb(t) - 'url')" : "t";
            TestDatabase.texts("select " + row + "::text from " + table + " t").forEach(held -> hunt(table, held));
        }
        assertThat(TestDatabase.number("select count(*) from ops.messages")).isPositive();
    }

    @Test
    void no_mbean_has_one() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> seen = new ArrayList<>();
        for (String domain : List.of("dev.catchment:*", "org.apache.camel:*", "com.zaxxer.hikari:*")) {
            for (ObjectName name : server.queryNames(new ObjectName(domain), null)) {
                for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                    String value = value(server, name, attribute);
                    hunt(name + " " + attribute.getName(), value);
                    seen.add(value);
                }
            }
        }
        assertThat(seen).hasSizeGreaterThan(1000);
    }

    private static String value(MBeanServer server, ObjectName name, MBeanAttributeInfo attribute) {
        try {
            return attribute.isReadable() ? String.valueOf(server.getAttribute(name, attribute.getName())) : "";
        } catch (JMException | RuntimeException unreadable) {
            return String.valueOf(unreadable.getMessage());
        }
    }

    @Test
    void what_holds_one_does_not_say_it() {
        hunt("secrets", String.valueOf(service.bean("secrets", Object.class)));
        hunt("webhook", String.valueOf(service.bean("webhook", Object.class)));
        hunt("token", String.valueOf(service.bean("appToken", Object.class)));
    }
}
