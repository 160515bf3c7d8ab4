package dev.catchment.cli.export;

import dev.catchment.cli.session.FlowCommand;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Session;
import dev.catchment.export.ExportOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code catchment export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Exports the whole catalogue as files of one moment: datasets, distributions,",
            "sources, names and policies, with a manifest (rows, bytes, SHA-256, columns).",
            "The folder of an export is there whole or not at all; 'latest' leads to the",
            "newest. After an export that was interrupted the next one keeps the files",
            "that are whole, as far as nothing of them has changed in the database."
        },
        footer = {
            "",
            "Examples:",
            "  catchment export",
            "  catchment export --format csv --format ndjson --to open-data",
            "  catchment export --format dcat-us --format dcat-ap"
        })
public final class ExportCommand extends FlowCommand {
    @Option(
            names = "--format",
            paramLabel = "F",
            description = {
                "parquet (the default), csv, ndjson, dcat-us (DCAT-US 1.1",
                "data.json) or dcat-ap (DCAT-AP 3 as JSON-LD). Repeatable."
            })
    private List<String> formats = List.of("parquet");

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = {"Folder that the export becomes a folder of.", "Default: export.dir."})
    private Path to;

    @Override
    public Integer call() {
        ExportOrder order = new ExportOrder(new TreeSet<>(formats), to, "cli");
        Session session = open();
        return runJobs(session, Routes.of("export"), "export-catalogue", database -> List.of(order));
    }
}
