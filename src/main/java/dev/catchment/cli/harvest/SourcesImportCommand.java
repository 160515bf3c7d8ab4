package dev.catchment.cli.harvest;

import dev.catchment.cli.session.FlowCommand;
import dev.catchment.cli.session.Routes;
import dev.catchment.harvest.source.SourceOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code catchment sources import}. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Imports sources from files: YAML, CSV or JSON lines, plain, .gz or .zst.",
            "A source is identified by its name. Entries that are wrong are rejected, each",
            "with its line and the reason; the others are imported. What a file does not say",
            "of a source stays as it is, and so do sources that it does not name."
        },
        footer = {
            "",
            "Examples:",
            "  catchment sources import --dry-run portals.yaml",
            "  catchment sources import catalogs.jsonl.zst   the registry of data portals",
            "  catchment sources import portals.csv --activate",
            "",
            "A source in YAML; only kind and url are required:",
            "  - name: canada",
            "    kind: ckan",
            "    url: https://open.canada.ca/data",
            "    title: Open Government Portal",
            "    country: CA",
            "    language: en",
            "    options: {tenant: north}      # placeholders {option.tenant} of the kind",
            "    secret: CANADA_KEY            # name of an environment variable",
            "    schedule: 0 0 5 * * ?         # Quartz cron in UTC; default that of its kind",
            "    active: true                  # default false, unless --activate",
            "",
            "In CSV each of these is a column; options are name=value pairs with semicolons",
            "between. A line of the registry (commondataio/dataportals-registry) gets its",
            "kind by the software and the endpoints it lists; portals of no known kind, and",
            "those that are dead, are skipped. First walks are spread over harvest.spread."
        })
final class SourcesImportCommand extends FlowCommand {
    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files to import; their names say what they are.")
    private List<Path> files;

    @Option(names = "--activate", description = "Make all sources of the files active.")
    private boolean activate;

    @Option(
            names = "--spread",
            paramLabel = "TIME",
            description = {"Spread first walks over this time, such as 12h.", "Default: harvest.spread."})
    private String spread;

    @Option(names = "--dry-run", description = "Check and compare, but write nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        for (Path file : files) {
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new IllegalArgumentException("Cannot read the file %s.".formatted(file));
            }
        }
        List<SourceOrder> orders = files.stream()
                .map(file -> new SourceOrder(file.toAbsolutePath(), "cli", activate, dryRun))
                .toList();
        return run(
                spread == null ? open() : open().with(Map.of("harvest.spread", spread)),
                Routes.of("harvest").without("harvest-(walk|retire|http).*"),
                dryRun,
                "harvest-import",
                orders);
    }
}
