package dev.catchment.cli.registry;

import dev.catchment.cli.session.FlowCommand;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Session;
import dev.catchment.registry.SeedOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code catchment seed}. */
@Command(
        name = "seed",
        mixinStandardHelpOptions = true,
        description = {
            "Seeds the registry from an index file.",
            "The file may be JSON or NDJSON, plain or gzip, of any size. Rejected records go",
            "to <file>.rejects.ndjson. An interrupted seed is resumed; a file that was seeded",
            "before is skipped."
        },
        footer = {
            "",
            "Examples:",
            "  catchment seed --index sf.index.json",
            "  catchment seed --index sf.index.ndjson.gz --dry-run   show what would change",
            "  INDEX_PATH=sf.index.json catchment seed --json | jq .rejected"
        })
public final class SeedCommand extends FlowCommand {
    private static final String DEFAULT = "registry/socrata/sf.index.json";

    @Option(
            names = "--index",
            paramLabel = "PATH",
            description = {"The index file. Default: INDEX_PATH, else", DEFAULT + " in the data folder."})
    private Path index;

    @Option(names = "--batch-size", paramLabel = "N", description = "Maximum number of records per statement.")
    private Integer batchSize;

    @Option(names = "--concurrency", paramLabel = "N", description = "Batches written in parallel.")
    private Integer concurrency;

    @Option(names = "--dry-run", description = "Parse, count and compare, but write nothing.")
    private boolean dryRun;

    @Option(names = "--force", description = "Seed the whole file, even if it was seeded before.")
    private boolean force;

    @Override
    public Integer call() {
        Session session = open().with(changes());
        SeedOrder order = new SeedOrder(path(session), "cli", force, dryRun);
        if (!Files.isRegularFile(order.file()) || !Files.isReadable(order.file())) {
            throw new IllegalArgumentException(
                    "Cannot read the file %s. Name one with --index.".formatted(order.file()));
        }
        return run(session, Routes.of("registry"), dryRun, "registry-seed", List.of(order));
    }

    private Map<String, String> changes() {
        Map<String, String> changes = new HashMap<>();
        if (batchSize != null) {
            changes.put("registry.batch-size", batchSize.toString());
        }
        if (concurrency != null) {
            changes.put("registry.concurrency", concurrency.toString());
        }
        return changes;
    }

    private Path path(Session session) {
        String variable = session.environment().get("INDEX_PATH");
        Path given = index != null || variable == null || variable.isBlank() ? index : Path.of(variable);
        return given == null ? session.dataDirectory().resolve(DEFAULT) : given.toAbsolutePath();
    }
}
