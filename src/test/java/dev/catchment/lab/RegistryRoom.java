package dev.catchment.lab;

import dev.catchment.support.Assets;
import dev.catchment.support.InboxFolder;
import dev.catchment.support.IndexFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Index files that are dropped into the inbox of the first node. */
final class RegistryRoom implements LabRoom {
    private static final int RECORDS = 120;

    private Truth truth;
    private InboxFolder inbox;
    private int files;
    private int broken;

    @Override
    public String name() {
        return "registry";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("registry.inbox.settle", "300ms", "registry.batch-size", "10");
    }

    @Override
    public void begin(Random random, LabDatabase database, Path data) {
        truth = new Truth();
        files = 0;
        broken = 0;
        inbox = inbox(data, "inbox/registry");
        change(random);
    }

    /** The folder of a room, made before a node makes it. */
    static InboxFolder inbox(Path data, String name) {
        try {
            return new InboxFolder(Files.createDirectories(data.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String change(Random random) {
        int file = ++files;
        List<String> lines = new ArrayList<>();
        for (int record = 1; record <= RECORDS; record++) {
            String key = Assets.id(file * 1000 + record);
            String title = "Asset " + key;
            lines.add(IndexFiles.asset(key, "data%d.example.gov".formatted(record % 3), title, "null"));
            truth.put(key, title);
        }
        inbox.drop("index-" + file + ".ndjson", lines.toArray(String[]::new));
        return "dropped index-" + file + ".ndjson";
    }

    @Override
    public String fault(Random random, HeldUp heldUp) {
        int number = ++broken;
        byte[] content = switch (random.nextInt(3)) {
            case 0 -> "{\"type\":\"asset\",\"asset_key\":".getBytes(StandardCharsets.UTF_8);
            case 1 -> new byte[0];
            default -> "<html>503</html>".getBytes(StandardCharsets.UTF_8);
        };
        try {
            Path draft = Files.write(inbox.path().resolveSibling("broken"), content);
            Files.move(draft, inbox.path().resolve("broken-" + number + ".json"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return "dropped broken-" + number + ".json of " + content.length + " bytes that are no index";
    }

    @Override
    public String unrest(LabDatabase database, String since) {
        return left(inbox);
    }

    /** Files that still lie in an inbox. */
    static String left(InboxFolder inbox) {
        try (Stream<Path> files = Files.list(inbox.path())) {
            List<String> names = files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
            return names.isEmpty() ? "" : "in the inbox: " + names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<String> violations(LabDatabase database, HeldUp heldUp) {
        List<String> wrong = truth.violations(
                "registry", database.rows("select asset_key, name, false from registry.assets"), List.of(), List.of());
        long added = database.number("select coalesce(sum(added), 0) from ops.runs where room = 'registry'");
        long held = database.number(
                "select (select count(*) from registry.assets) + (select count(*) from registry.sources)");
        // A source is made with the first asset of it, or by a record of its own; only records are counted.
        long assets = database.number("select count(*) from registry.assets");
        if (added != held && added != assets) {
            wrong.add("registry: the ledger says %d added, held are %d assets, %d with their sources"
                    .formatted(added, assets, held));
        }
        // Killed between the report and the move, it is put away beside that report, by the next free name.
        long taken = inbox.tree().stream()
                .filter(name -> name.matches("done/.*/index-\\d+(-\\d+)?\\.ndjson"))
                .count();
        if (taken != files) {
            wrong.add("registry: of %d index files %d are done: %s".formatted(files, taken, inbox.tree()));
        }
        return wrong;
    }

    @Override
    public void close() {
        // Its folder is that of the round.
    }
}
