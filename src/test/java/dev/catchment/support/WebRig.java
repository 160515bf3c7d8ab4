package dev.catchment.support;

import at.favre.lib.crypto.bcrypt.BCrypt;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.embedded.ServerPort;
import dev.catchment.web.gate.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Console and API as people and programs meet them: the real routes and the real server, on a port of this machine, over a real
 * database that is emptied before each test. Timers do not run.
 */
public final class WebRig implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of the test class before: to start all routes takes seconds, and classes that want the same share them. */
    private static Running kept;

    private final Map<String, String> settings = new HashMap<>();
    private boolean isAlone;
    private final HttpClient client =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
    private Service service;
    private int port;

    private record Running(Map<String, String> settings, Service service, int port) {}

    /** What was answered. */
    public record Answer(int status, HttpResponse<byte[]> http) {
        public String text() {
            return new String(http.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            try {
                return JSON.readTree(http.body());
            } catch (IOException e) {
                throw new IllegalStateException("No JSON: " + text(), e);
            }
        }

        /** @return null if there is none */
        public String header(String name) {
            return http.headers().firstValue(name).orElse(null);
        }
    }

    /** Before the first test: settings other than the declared ones. */
    public WebRig with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Before the first test: a service that no other class of tests has had, nor gets. */
    public WebRig alone() {
        isAlone = true;
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        // MBeans have their names once: the tests of other rooms start services of their own.
        isAlone |= !context.getRequiredTestClass().getPackageName().startsWith("dev.catchment.web.");
        if (isAlone || kept == null || !kept.settings().equals(settings)) {
            close();
            start();
            kept = new Running(Map.copyOf(settings), service, port);
        }
        service = kept.service();
        port = kept.port();
    }

    private static void close() {
        if (kept != null) {
            kept.service().close();
            kept = null;
        }
    }

    private void start() throws IOException {
        port = ServerPort.free();
        Map<String, String> all = new HashMap<>(settings);
        all.put("web.port", String.valueOf(port));
        all.put("data.dir", TemporaryFolder.create("web").toString());
        service = Service.start(
                Defaults.settings().with(all),
                TestDatabase.get(),
                HookRig.SECRETS,
                Routes.all().without("(?!shared/|web-).*-(schedule|inbox)"));
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        TestDatabase.empty();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (isAlone) {
            close();
        }
    }

    public Service service() {
        return service;
    }

    public Database database() {
        return TestDatabase.get();
    }

    public void execute(String sql) throws Exception {
        TestDatabase.execute(sql);
    }

    public URI at(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
    }

    public int port() {
        return port;
    }

    /** @param headers names and values in turn */
    public Answer get(String path, String... headers) {
        return send(headers(HttpRequest.newBuilder(at(path)), headers).GET().build());
    }

    /** Sends a form, as a browser does. */
    public Answer post(String path, String form, String... headers) {
        return send(headers(HttpRequest.newBuilder(at(path)), headers)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build());
    }

    public Answer send(HttpRequest request) {
        try {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), answer);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static HttpRequest.Builder headers(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    /** Makes a key. @return as it stands in {@code Authorization} */
    public String key(String role) {
        String id = UUID.randomUUID().toString();
        String secret = Tokens.random();
        Map<String, Object> made = new HashMap<>();
        made.put("id", id);
        made.put("key_hash", hash(secret));
        made.put("name", role + " key " + id);
        made.put("role", role);
        made.put("expires_at", null);
        database().rows("web/insert-key", made);
        return "Bearer " + id + "." + secret;
    }

    /** The cheapest there is: a hash says what it costs to check, and most tests want no more than to be let in. */
    private static String hash(String secret) {
        return BCrypt.with(BCrypt.Version.VERSION_2B).hashToString(4, secret.toCharArray());
    }

    /** Makes a person and logs in. @return the cookie, as it stands in {@code Cookie} */
    public String login(String name, String role) {
        database()
                .rows("web/insert-user", Map.of("name", name, "role", role, "hashed_password", hash("correct horse")));
        String cookie =
                post("/login", "name=%s&password=correct+horse".formatted(name)).header("Set-Cookie");
        return cookie.substring(0, cookie.indexOf(';'));
    }
}
