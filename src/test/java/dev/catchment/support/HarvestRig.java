package dev.catchment.support;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.kind.KindFile;
import dev.catchment.flow.standin.KindStandIn;
import dev.catchment.flow.standin.Request;
import dev.catchment.harvest.HarvestOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A harvest as the product runs it: the real routes on an empty real database, a folder of kinds of the test's own, and the
 * stand-in for a source of the kind on the other end of HTTP. The service starts with its first use, and is kept for the next
 * test of the class if that has the same settings.
 */
public final class HarvestRig implements BeforeEachCallback, AfterEachCallback {
    /** The name of the source that a test has. */
    public static final String SOURCE = "made-up";

    /** What the fields of {@link #dataset} mean. */
    public static final String MAPPING = """
            select raw ->> 'name' as title, raw ->> 'notes' as description, harvest.moment(raw ->> 'changed') as modified_at,
              harvest.moment(raw ->> 'issued') as issued_at
            """;

    private final Map<String, String> settings = new HashMap<>();
    private Map<String, String> environment = Map.of();
    private Path kinds;
    private KindServer server;
    private KeptService kept;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        TestDatabase.empty();
        kept = KeptService.of(context, HarvestRig.class);
        settings.clear();
        environment = Map.of();
        kinds = Files.createDirectories(Path.of(
                        "target",
                        "kinds-of-"
                                + KeptService.classOf(context)
                                        .getRequiredTestClass()
                                        .getSimpleName())
                .toAbsolutePath());
        try (var files = Files.list(kinds)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        set("kinds.dir", kinds.toString());
        set("data.dir", Path.of("target", "harvest-data").toAbsolutePath().toString());
        set("harvest.http.allow-private", "true");
        set("http.retry-delay", "1ms");
        set("http.max-retries", "1");
        set("harvest.http.timeout", "5s");
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** Sets a setting of the service before its first use. */
    public HarvestRig set(String key, String value) {
        settings.put(key, value);
        return this;
    }

    public Map<String, String> settings() {
        return Map.copyOf(settings);
    }

    /** Puts a secret into the environment of the service. */
    public HarvestRig secret(String name, String value) {
        environment = Map.of(name, value);
        return this;
    }

    /** Declares the kind {@code made-up}, as {@link #listed} has it but for these lines; a kind of the same name is another one then. */
    public HarvestRig declare(String paging) {
        return declare("made-up", listed(paging), MAPPING);
    }

    /** A kind whose pages are fast to ask for. */
    public static String listed(String paging) {
        return """
                kind: made-up
                title: Made up
                records: /items
                key: { at: [/id] }
                modified: { at: /changed }
                """
                + (paging.contains("polite:") ? "" : "polite: { requests-per-second: 100, concurrent: 1 }\n")
                + (paging.contains("request:") ? "" : "request: { url: \"{source.url}/list\" }\n")
                + paging.stripIndent();
    }

    public HarvestRig declare(String name, String yaml, String mapping) {
        try {
            Files.writeString(kinds.resolve(name + ".sql"), mapping);
            Files.writeString(kinds.resolve(name + ".kind.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The kind of a declaration. */
    public static Kind kind(String name, String yaml) {
        KindFile file = KindFile.read(name + ".kind.yaml", yaml);
        if (!file.problems().isEmpty()) {
            throw new AssertionError(file.problems());
        }
        return file.kind();
    }

    /** Declares {@code made-up}, starts its stand-in, and adds the source {@link #SOURCE} at it. */
    public KindStandIn standIn(String paging) {
        declare(paging);
        return standIn("made-up", listed(paging));
    }

    /** The same of a kind that is declared already. */
    public KindStandIn standIn(String name, String yaml) {
        server = KindServer.start(kind(name, yaml));
        source(SOURCE, name, server.url());
        return server.standIn();
    }

    /** The stand-in of a kind that ships, and the source {@link #SOURCE} at it. */
    public KindStandIn shipped(Kind kind) {
        server = KindServer.start(kind);
        source(SOURCE, kind.kind(), server.url());
        TestDatabase.rows("update harvest.sources set options = '{\"requests-per-second\":\"100\"}' returning id");
        return server.standIn();
    }

    public String url(int host) {
        return server.url(host);
    }

    public HarvestRig source(String name, String kind, String url) {
        TestDatabase.rows(
                "insert into harvest.sources (name, kind, url, host) values (?, ?, ?, ?) returning id",
                name,
                kind,
                url,
                URI.create(url).getHost());
        return this;
    }

    /** Numbered records, whose keys are in the order of their numbers. */
    public static List<String> datasets(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(HarvestRig::dataset).toList();
    }

    public static String dataset(int number) {
        return dataset(number, "Dataset " + number);
    }

    public static String dataset(int number, String name) {
        return "{\"id\":\"d-%05d\",\"name\":\"%s\",\"changed\":\"2026-01-%02dT%02d:00:00Z\",\"notes\":\"Made up, like all of them.\"}"
                .formatted(number, name, 1 + number / 24 % 28, number % 24);
    }

    public synchronized Service service() {
        return kept.get(settings, environment, Routes.of("harvest", "http"));
    }

    /** Stops the service in order; the next use starts it anew. */
    public synchronized void stop() {
        kept.close();
    }

    /** Walks {@link #SOURCE}. @return the summary of its run */
    public Map<String, Object> harvest() {
        return harvest(SOURCE);
    }

    public Map<String, Object> harvest(String source) {
        return harvest(source, false);
    }

    /** @param fresh everything, from the beginning */
    public Map<String, Object> harvest(String source, boolean fresh) {
        List<Map<String, Object>> summaries = new CopyOnWriteArrayList<>();
        service().askRows("harvest-walk", new HarvestOrder("test", source, null, false, fresh, false, summaries::add));
        if (summaries.size() != 1) {
            throw new AssertionError(summaries.size() + " walks of " + source);
        }
        return summaries.get(0);
    }

    /** Walks what is due, of all sources. @return the summaries of their runs */
    public List<Map<String, Object>> due() {
        List<Map<String, Object>> summaries = new CopyOnWriteArrayList<>();
        service().askRows("harvest-walk", new HarvestOrder("test", null, null, true, false, false, summaries::add));
        return summaries;
    }

    /** Begins to walk and does not wait. */
    public CompletableFuture<Map<String, Object>> harvestLater() {
        service();
        return CompletableFuture.supplyAsync(this::harvest, task -> new Thread(task).start());
    }

    /** What the last walk proved: the row of harvest.walks. */
    public Map<String, Object> walk() {
        return TestDatabase.rows("select * from harvest.walks order by run_id desc limit 1")
                .get(0);
    }

    /** Keys of the datasets that are not retired. */
    public List<String> held() {
        return TestDatabase.texts("select key from harvest.datasets where retired_at is null order by key");
    }

    /** What was asked of the stand-in so far: path and query. */
    public List<String> asked() {
        return server.standIn().requests().stream().map(HarvestRig::question).toList();
    }

    private static String question(Request request) {
        return request.query().isEmpty() ? request.path() : request.path() + "?" + request.query();
    }
}
