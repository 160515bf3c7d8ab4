package dev.catchment.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.catalog.standin.StandInServer;
import dev.catchment.flow.standin.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What a user does: each command is a fresh process of the launcher, and the server is the one of DATABASE_URL, as it was
 * installed. Makes a database of its own on it and drops it again, so the role must be allowed to.
 *
 * <p>{@code DATABASE_URL=postgresql://… ./mvnw -q -P benchmark test-compile exec:exec -Dbenchmark=CommandLineBenchmark
 * -Dbenchmark.data=assets.jsonl.gz}
 */
public final class CommandLineBenchmark {
    private static final int SEEDED = 200_000;
    private static final int CRAWLED = 31_599;
    private static final int ROUNDS = Integer.getInteger("rounds", 3);

    private final Launched launched;

    private CommandLineBenchmark(Launched launched) {
        this.launched = launched;
    }

    public static void main(String[] args) throws Exception {
        try (Launched launched = new Launched()) {
            new CommandLineBenchmark(launched).measure(Path.of(args[0]));
        }
    }

    private void measure(Path data) throws Exception {
        Path index = launched.directory().resolve("index.ndjson");
        ManyAssets.write(data, index, SEEDED);
        Path again = launched.directory().resolve("again.ndjson");
        Path catalogue = launched.directory().resolve("catalogue.jsonl");
        ManyAssets.write(data, catalogue, CRAWLED);
        launched.describe("%d assets seeded (%.0f MB), %d crawled (%.0f MB)"
                .formatted(SEEDED, Files.size(index) / 1e6, CRAWLED, Files.size(catalogue) / 1e6));
        for (int round = 0; round < ROUNDS; round++) {
            launched.begin();
            ManyAssets.again(index, again, round);
            seeds(index, again);
            crawls(catalogue);
            for (int i = 0; i < 5; i++) {
                launched.command("runs", Map.of(), "runs");
            }
        }
        launched.print();
    }

    private void seeds(Path index, Path again) throws Exception {
        double copy = launched.copy(index, "pglz", "COPY of what is seeded, as installed, s");
        double lz4 = launched.copy(index, "lz4", "COPY of what is seeded, with LZ4, s");
        JsonNode first = launched.command("seed", Map.of(), "seed", "--json", "--index", index.toString());
        JsonNode second = launched.command("unchanged seed", Map.of(), "seed", "--json", "--index", again.toString());
        Launched.expect(first, "added", SEEDED);
        Launched.expect(second, "unchanged", SEEDED);
        launched.add("COPY as installed / seed", copy / first.get("seconds").doubleValue());
        launched.add("COPY with LZ4 / seed", lz4 / first.get("seconds").doubleValue());
        launched.add(
                "unchanged seed / seed",
                second.get("seconds").doubleValue() / first.get("seconds").doubleValue());
    }

    private void crawls(Path catalogue) throws Exception {
        double copy = launched.copy(catalogue, "pglz", "COPY of what is crawled, as installed, s");
        double lz4 = launched.copy(catalogue, "lz4", "COPY of what is crawled, with LZ4, s");
        try (StandInServer upstream = StandInServer.start("catalog.stand-in.data", catalogue.toString())) {
            Map<String, String> settings =
                    Map.of("CATALOG_US_URL", upstream.url(), "HTTP_REQUESTS_PER_SECOND", "10000");
            JsonNode first = crawl("crawl", upstream, settings);
            JsonNode second = crawl("unchanged crawl", upstream, settings);
            Launched.expect(first, "added", CRAWLED);
            Launched.expect(second, "unchanged", CRAWLED);
            launched.add(
                    "COPY as installed / crawl", copy / first.get("seconds").doubleValue());
            launched.add("COPY with LZ4 / crawl", lz4 / first.get("seconds").doubleValue());
            launched.add(
                    "unchanged crawl / crawl",
                    second.get("seconds").doubleValue() / first.get("seconds").doubleValue());
        }
    }

    private JsonNode crawl(String name, StandInServer upstream, Map<String, String> settings) throws Exception {
        upstream.standIn().forget();
        Instant start = Instant.now();
        JsonNode summary = launched.command(name, settings, "crawl", "--region", "us", "--json");
        Request request = upstream.standIn().requests().get(0);
        launched.add(
                name + ", first request after, s",
                Duration.between(start, request.at()).toMillis() / 1e3);
        return summary;
    }
}
