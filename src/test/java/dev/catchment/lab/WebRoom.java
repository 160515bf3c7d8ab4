package dev.catchment.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.Cli;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A program that reads through whatever node answers: it follows the changes, pages through the runs, and acts. */
final class WebRoom implements LabRoom {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /** Where no node is, nobody answers at all. */
    private static final Duration AT_ONCE = Duration.ofMillis(300);

    /** Longer than any node is frozen or cut off. */
    private static final Duration LATEST = Duration.ofSeconds(30);

    private static final String ACTED = "lab.acted";

    private final LabNetwork network;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(AT_ONCE).build();
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private ReadChanges changes = new ReadChanges("web");
    private LabDatabase database;
    private String key;
    private Thread reader;
    private volatile boolean isOver;
    private long undecided = System.nanoTime();
    private int answered;
    private int pagings;
    private int acts;

    WebRoom(LabNetwork network) {
        this.network = network;
    }

    @Override
    public String name() {
        return "web";
    }

    @Override
    public boolean hasVerify() {
        return false;
    }

    @Override
    public boolean isFollowing() {
        return true;
    }

    /** Where it listens is said of each node. */
    @Override
    public Map<String, String> settings() {
        return Map.of("web.login", "always");
    }

    @Override
    public void begin(Random random, LabDatabase current, Path files) {
        close();
        database = current;
        wrong.clear();
        changes = new ReadChanges(name());
        answered = 0;
        pagings = 0;
        acts = 0;
        undecided = System.nanoTime();
        // Never due, and was walked before: to resume it makes it no more due than it was.
        database.execute("insert into harvest.sources (name, kind, url, host, due_at, health) values ('" + ACTED
                + "', 'ckan', 'http://127.0.0.1:9/', '127.0.0.1', '9999-01-01', 'ok')");
        try {
            JsonNode made = JSON.readTree(Cli.on(database.url().connectionUrl())
                    .run("keys", "create", "lab", "--role", "admin", "--json")
                    .endsWith(0)
                    .out());
            key = made.path("key").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        isOver = false;
        Random own = new Random(random.nextLong());
        reader = new Thread(() -> read(own), "lab-reader");
        reader.setDaemon(true);
        reader.start();
    }

    private void read(Random random) {
        while (!isOver) {
            LockSupport.parkNanos(100_000_000);
            String node = network.nodeAddress(random.nextInt(LabNetwork.MOST_NODES));
            try {
                switch (random.nextInt(5)) {
                    case 0 -> pageThroughRuns(node, random);
                    case 1 -> act(node, random.nextBoolean());
                    default -> follow(node);
                }
            } catch (IOException | IllegalStateException goneOrRefused) {
                LockSupport.parkNanos(50_000_000);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private JsonNode ask(String method, String node, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(URI.create("http://" + node + path))
                        .timeout(PATIENCE)
                        .header("Authorization", "Bearer " + key)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("answered " + answer.statusCode());
        }
        answered++;
        return JSON.readTree(answer.body());
    }

    private void follow(String node) throws IOException, InterruptedException {
        for (JsonNode change : ask("GET", node, "/api/v1/changes?limit=20&after=" + changes.last())
                .path("items")) {
            changes.take(change.path("number").asLong());
        }
    }

    /** Each page of another node: what was there before the first page is on one page, once. */
    private void pageThroughRuns(String node, Random random) throws IOException, InterruptedException {
        List<String> before = new ArrayList<>(database.texts("select id from ops.runs"));
        List<String> listed = new ArrayList<>();
        String next = "";
        String from = node;
        do {
            JsonNode page = ask("GET", from, "/api/v1/runs?limit=7" + next);
            page.path("items").forEach(run -> listed.add(run.path("run").asText()));
            next = page.path("next").isTextual()
                    ? "&after=" + URLEncoder.encode(page.path("next").asText(), StandardCharsets.UTF_8)
                    : "";
            from = network.nodeAddress(random.nextInt(LabNetwork.MOST_NODES));
        } while (!next.isEmpty());
        pagings++;
        Set<String> once = new HashSet<>(listed);
        if (once.size() < listed.size()) {
            wrong.add("web: a run was listed twice: " + listed);
        }
        before.removeAll(once);
        if (!before.isEmpty()) {
            wrong.add("web: runs that were there were not listed: " + before);
        }
    }

    /** What is answered with 200 is in effect: nobody else does it, and no act is under way beside it, nor one that nobody waited for. */
    private void act(String node, boolean isActive) throws IOException, InterruptedException {
        try {
            ask("POST", node, "/api/v1/sources/" + ACTED + (isActive ? "/resume" : "/pause"));
        } catch (HttpTimeoutException later) {
            // A node that is frozen, or that waits for the database, does it when it can.
            undecided = System.nanoTime() + LATEST.toNanos();
            throw later;
        }
        if (System.nanoTime() - undecided < 0) {
            return;
        }
        acts++;
        boolean held = database.texts("select is_active from harvest.sources where name = '" + ACTED + "'")
                .get(0)
                .equals("t");
        if (held != isActive) {
            wrong.add("web: it was answered 200 to '" + (isActive ? "resume" : "pause") + "', and is not so");
        }
    }

    @Override
    public String unrest(LabDatabase current, String since) {
        return changes.unrest(current);
    }

    @Override
    public List<String> violations(LabDatabase current, HeldUp heldUp) {
        close();
        List<String> all = new ArrayList<>(wrong);
        all.addAll(changes.violations(current));
        if (answered == 0) {
            all.add("web: no node ever answered");
        }
        return all;
    }

    @Override
    public void close() {
        isOver = true;
        if (reader != null) {
            reader.interrupt();
            try {
                reader.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            reader = null;
        }
    }
}
