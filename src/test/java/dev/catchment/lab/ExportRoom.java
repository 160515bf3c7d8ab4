package dev.catchment.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.text.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Exports of the whole catalogue, one after the other, whatever goes wrong meanwhile. */
final class ExportRoom implements LabRoom {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Path folder;
    private String restSince = "";

    @Override
    public String name() {
        return "export";
    }

    @Override
    public boolean hasVerify() {
        return false;
    }

    @Override
    public boolean isFollowing() {
        return true;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("export.cron", "0/4 * * * * ?", "export.formats", "ndjson", "export.keep", "100");
    }

    @Override
    public void begin(Random random, LabDatabase database, Path files) {
        folder = files.resolve("exports");
        restSince = "";
    }

    /** The rooms before it are at rest when it is asked first: one export is to begin after that. */
    @Override
    public String unrest(LabDatabase database, String since) {
        if (restSince.isEmpty()) {
            restSince = database.texts("select clock_timestamp()").get(0);
        }
        return database.number(
                                "select count(*) from ops.runs where room = 'export' and status = 'succeeded' and started_at > '"
                                        + restSince + "'")
                        > 0
                ? ""
                : "no export since " + restSince;
    }

    @Override
    public List<String> violations(LabDatabase database, HeldUp heldUp) {
        List<String> wrong = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            List<Path> exports = all.filter(
                            path -> path.getFileName().toString().matches("\\d{8}T\\d{6}Z-\\d+"))
                    .sorted()
                    .toList();
            for (Path export : exports) {
                wrong.addAll(notWhole(export));
            }
            Path latest = folder.resolve("latest").toRealPath();
            if (exports.stream().noneMatch(export -> export.endsWith(latest.getFileName()))) {
                wrong.add("export: latest leads to " + latest);
            }
            wrong.addAll(other(latest, database));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return wrong;
    }

    /** Each file is as the manifest has it. */
    private static List<String> notWhole(Path export) throws IOException {
        List<String> wrong = new ArrayList<>();
        for (JsonNode file :
                JSON.readTree(export.resolve("manifest.json").toFile()).path("files")) {
            Path path = export.resolve(file.path("path").asText());
            byte[] content = Files.readAllBytes(path);
            long rows = Files.readAllLines(path).size();
            if (rows != file.path("rows").asLong()
                    || content.length != file.path("bytes").asLong()
                    || !Sha256.of(content).equals(file.path("sha256").asText())) {
                wrong.add("export: %s has %d rows in %d bytes, its manifest says %s"
                        .formatted(path, rows, content.length, file));
            }
        }
        return wrong;
    }

    /** The last one was made when nothing changed any more in the portals. */
    private static List<String> other(Path latest, LabDatabase database) throws IOException {
        TreeSet<String> exported = new TreeSet<>();
        for (String line : Files.readAllLines(latest.resolve("datasets.ndjson"))) {
            JsonNode dataset = JSON.readTree(line);
            if (dataset.path("source").asText().startsWith("lab-")) {
                exported.add(String.join(
                        " ",
                        dataset.path("source").asText(),
                        dataset.path("key").asText(),
                        dataset.path("title").asText()));
            }
        }
        TreeSet<String> held = new TreeSet<>(database.texts("select concat_ws(' ', o.name, d.key, d.title)"
                + " from harvest.datasets d join harvest.sources o on o.id = d.source_id"
                + " where o.name like 'lab-%' and d.retired_at is null"));
        if (exported.equals(held)) {
            return List.of();
        }
        TreeSet<String> lost = new TreeSet<>(held);
        lost.removeAll(exported);
        exported.removeAll(held);
        return List.of("export: the last one lacks " + lost + ", and has " + exported + ", which is not held");
    }

    @Override
    public void close() {
        // Its folder is that of the round.
    }
}
