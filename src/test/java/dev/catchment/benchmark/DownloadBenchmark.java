package dev.catchment.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Ten readers at once take the list of 500,000 changes as NDJSON, each slower than it could be sent, from {@code catchment run} as
 * a process of its own in the heap that the launcher gives. docs/performance.md says how to run it.
 */
public final class DownloadBenchmark {
    private static final int PORT = 18_081;
    private static final int CHANGES = Integer.getInteger("web.changes", 500_000);
    private static final int READERS = 10;
    /** Of each reader: so many bytes, and then a pause. */
    private static final int BYTES = 256 << 10;

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Launched launched = new Launched();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();

    private DownloadBenchmark() throws IOException {}

    public static void main(String[] arguments) throws Exception {
        DownloadBenchmark benchmark = new DownloadBenchmark();
        try (Launched launched = benchmark.launched) {
            launched.begin();
            benchmark.fill();
            launched.describe("%,d changes, %d readers".formatted(CHANGES, READERS));
            benchmark.measure();
            launched.print();
        }
    }

    private void fill() throws Exception {
        Probe database = launched.database();
        database.execute(
                "insert into harvest.sources (name, kind, url, host) values ('s', 'ckan', 'https://s.example.org', 's.example.org')");
        database.execute(
                "insert into harvest.datasets (source_id, key, title, description, publisher, keywords, license,"
                        + " content_hash, first_seen_at, changed_at, last_changed_at) select 1, 'k' || i, 'Air quality of district ' || i,"
                        + " 'What was counted, day by day.', 'Agency ' || i % 900, '{air}', 'CC-BY-4.0', md5(i::text) || md5(i::text),"
                        + " now() - i * interval '1 s', now() - i * interval '1 s', now() - i * interval '1 s' from generate_series(1, "
                        + CHANGES + ") i");
        database.execute("insert into harvest.changes (dataset_id, source_id, change, fields, run_id, changed_at)"
                + " select id, source_id, 'added', '{}', 1, first_seen_at from harvest.datasets");
        database.execute("select harvest.publish_changes()");
        database.execute("vacuum analyze");
    }

    private void measure() throws Exception {
        ProcessBuilder builder = new ProcessBuilder("./catchment", "run")
                .redirectOutput(launched.directory().resolve("run.out").toFile())
                .redirectError(launched.directory().resolve("run.err").toFile());
        builder.environment()
                .putAll(Map.of(
                        "DATABASE_URL", launched.url(),
                        "DATA_DIR", launched.directory().resolve("data").toString(),
                        "WEB_PORT", String.valueOf(PORT),
                        // Half of them are for downloads.
                        "WEB_READ_CONNECTIONS", String.valueOf(2 * READERS),
                        "CATALOG_CRAWL_ON_START", "never"));
        Process service = builder.start();
        try {
            awaitService(service);
            look(service);
            long start = System.nanoTime();
            List<Thread> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                Thread reader = new Thread(this::read);
                reader.start();
                readers.add(reader);
            }
            for (Thread reader : readers) {
                for (reader.join(LOOK.toMillis()); reader.isAlive(); reader.join(LOOK.toMillis())) {
                    look(service);
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            launched.describe("at the end");
            launched.add("seconds", seconds);
            launched.add("rows/s of all readers", rows.get() / seconds);
            launched.add("MB sent", bytes.get() / 1e6);
            launched.add("rows sent", rows.get());
            if (rows.get() != (long) READERS * CHANGES) {
                throw new IllegalStateException("rows were lost: " + rows);
            }
        } finally {
            service.destroy();
            service.waitFor();
        }
    }

    private void awaitService(Process service) throws Exception {
        while (service.isAlive()) {
            try (Socket open = new Socket("127.0.0.1", PORT)) {
                open.getOutputStream().write(request("/api/v1/datasets?limit=1"));
                if (new String(open.getInputStream().readNBytes(12), StandardCharsets.UTF_8).endsWith("200")) {
                    return;
                }
            } catch (IOException notYet) {
                // asked again
            }
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        throw new IllegalStateException(Files.readString(launched.directory().resolve("run.err")));
    }

    private static byte[] request(String path) {
        return "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                .formatted(path)
                .getBytes(StandardCharsets.UTF_8);
    }

    private void read() {
        byte[] taken = new byte[BYTES];
        long asked = System.nanoTime();
        try (Socket socket = new Socket("127.0.0.1", PORT)) {
            socket.getOutputStream().write(request("/api/v1/changes.ndjson"));
            InputStream answer = socket.getInputStream();
            // Head and first rows are sent together.
            int most = answer.read(taken);
            double seconds = (System.nanoTime() - asked) / 1e9;
            synchronized (launched) {
                launched.add("first row, s", seconds);
            }
            if (taken[9] != '2') {
                System.out.println(new String(taken, 0, most, StandardCharsets.UTF_8));
            }
            byte before = 0;
            for (; most > 0; most = answer.readNBytes(taken, 0, BYTES)) {
                bytes.addAndGet(most);
                long seen = 0;
                for (int i = 0; i < most; i++) {
                    // A line of the file ends so, one of the protocol otherwise.
                    seen += taken[i] == '\n' && before != '\r' ? 1 : 0;
                    before = taken[i];
                }
                rows.addAndGet(seen);
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        } catch (IOException e) {
            System.out.println("A reader was cut off: " + e.getMessage());
        }
    }

    /** What the process holds, as the system counts it, and its heap, garbage included. */
    private void look(Process service) throws Exception {
        String status = Files.readString(Path.of("/proc", String.valueOf(service.pid()), "status"));
        launched.add("memory of the process, MB", number(status, "VmRSS:") / 1e3);
        Process heap = new ProcessBuilder("jcmd", String.valueOf(service.pid()), "GC.heap_info")
                .redirectErrorStream(true)
                .start();
        double used = 0;
        for (String line : new String(heap.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            if (line.contains("generation") && line.contains("used")) {
                used += number(line, "used") / 1e3;
            }
        }
        launched.add("heap in use, garbage included, MB", used);
    }

    private static double number(String text, String after) {
        return Double.parseDouble(
                text.substring(text.indexOf(after) + after.length()).strip().split("[^0-9]")[0]);
    }
}
