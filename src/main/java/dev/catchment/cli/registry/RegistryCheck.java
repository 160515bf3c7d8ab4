package dev.catchment.cli.registry;

import dev.catchment.cli.output.Summary;
import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Service;
import dev.catchment.postgres.Database;
import dev.catchment.registry.SeedOrder;
import dev.catchment.registry.file.SeedFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The reconciliation of the registry with an index file. */
public record RegistryCheck(Database database, Service service, PrintWriter out, boolean json) {
    private static final int SAMPLE = 3;

    /** @param index null for the file that was seeded last. @return the exit code */
    public int run(Path index) {
        List<Map<String, Object>> differences = new ArrayList<>(database.rows("registry/verify-registry", Map.of()));
        Map<String, Object> last = index == null ? lastFile() : Map.of("path", index.toString());
        Path file = Path.of((String) last.get("path")).toAbsolutePath();
        if (!Files.isReadable(file)) {
            say("The file %s no longer exists; name another with --index to compare with it.".formatted(file));
        } else if (index == null && !SeedFile.of(file).sha256().equals(last.get("sha256"))) {
            say("The file %s has changed since it was seeded; name it with --index to compare with it."
                    .formatted(file));
        } else {
            differences.addAll(missing(file));
        }
        report(differences);
        out.flush();
        return differences.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private Map<String, Object> lastFile() {
        return database.rows("registry/find-last-file", Map.of()).stream()
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("No index file has been seeded yet. Use 'catchment seed'."));
    }

    /** A dry run over the file: what it would add is missing. */
    private List<Map<String, Object>> missing(Path file) {
        Map<String, Object> dryRun = service.ask("registry-seed", new SeedOrder(file, "cli", true, true));
        say("%s holds %,d records: %,d are in the registry unchanged, %,d with other content, %,d were rejected."
                .formatted(
                        file.getFileName(),
                        dryRun.get("seen"),
                        dryRun.get("unchanged"),
                        dryRun.get("updated"),
                        dryRun.get("rejected")));
        List<Map<String, Object>> differences = new ArrayList<>();
        difference(differences, "not held", file, dryRun.get("added"));
        difference(differences, "held with other content", file, dryRun.get("updated"));
        if (!"succeeded".equals(dryRun.get("status"))) {
            differences.add(row("file cannot be read to its end", file, dryRun.get("error")));
        }
        return differences;
    }

    private static void difference(List<Map<String, Object>> differences, String name, Path file, Object count) {
        if (((Number) count).longValue() > 0) {
            differences.add(row(name, file, count + " records of it"));
        }
    }

    private static Map<String, Object> row(String difference, Path file, Object detail) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("difference", difference);
        row.put("key", file.getFileName().toString());
        row.put("detail", detail);
        return row;
    }

    private void report(List<Map<String, Object>> differences) {
        if (json) {
            differences.forEach(difference -> out.println(Summary.write(difference)));
            return;
        }
        for (Map<String, Object> asset : database.rows("registry/list-sample-assets", Map.of("most", SAMPLE))) {
            asset.forEach((field, value) -> say("  %-12s %s".formatted(field, value == null ? "" : cut(value))));
            say("");
        }
        Map<String, Object> held =
                database.rows("registry/count-registry", Map.of()).get(0);
        say("The registry holds %,d sources and %,d assets.".formatted(held.get("sources"), held.get("assets")));
        say(
                differences.isEmpty()
                        ? "No difference."
                        : Table.of(differences, "difference", "key", "detail").stripTrailing());
    }

    private static String cut(Object value) {
        String text = value.toString().replaceAll("\\s+", " ");
        return text.length() <= 90 ? text : text.substring(0, 90) + " ...";
    }

    private void say(String line) {
        if (!json) {
            out.println(line);
        }
    }
}
