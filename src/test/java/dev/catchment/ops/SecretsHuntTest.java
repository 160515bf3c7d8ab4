package dev.catchment.ops;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.postgres.Database;
import dev.catchment.support.Await;
import dev.catchment.support.CapturedLog;
import dev.catchment.support.Defaults;
import dev.catchment.support.TestDatabase;
import dev.catchment.web.gate.Bcrypt;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
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

    private static final String PASSWORD = PLANTED + "database";
    private static final String OF_A_PERSON = PLANTED + "person";
    private static final String OF_A_KEY = PLANTED + "key";

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
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = any.getLocalPort();
        }
        Map<String, String> settings = new HashMap<>();
        settings.put("web.port", String.valueOf(port));
        settings.put("data.dir", Files.createTempDirectory("hunt").toRealPath().toString());
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
        Map<String, Object> key = new HashMap<>();
        String id = UUID.randomUUID().toString();
        key.putAll(Map.of("id", id, "key_hash", Bcrypt.hash(OF_A_KEY), "name", "hunted", "role", "admin"));
        key.put("expires_at", null);
        service.bean("database", Database.class).rows("web/insert-key", key);
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
            TOLD.put(path + " by key", get(path, "Authorization", "Bearer " + id + "." + OF_A_KEY));
            TOLD.put(path + " by a wrong key", get(path, "Authorization", "Bearer " + id + "." + OF_A_KEY + "x"));
            TOLD.put(path + " by login", get(path, "Cookie", cookie.substring(0, cookie.indexOf(';'))));
        }
    }

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
