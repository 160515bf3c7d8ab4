package dev.catchment.cli.export;

import dev.catchment.cli.session.FlowCommand;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Session;
import dev.catchment.export.ExportOrder;
import dev.catchment.export.LakeOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code catchment export}. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Exports the whole catalogue as files of one moment.",
            "They hold datasets, distributions, sources, names and policies; a manifest",
            "lists them (rows, bytes, SHA-256, columns).",
            "The folder of an export is there whole or not at all; 'latest' leads to the",
            "newest. After an export that was interrupted the next one keeps the files",
            "that are whole, as far as nothing of them has changed in the database.",
            "",
            "A lake has datasets with their history, copies and sources as Parquet by",
            "source and day; docs/lake.md says how it is read. After a whole export come",
            "those of changes; 'latest.json' lists all files that are to be read. Keys for",
            "S3 are read from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY."
        },
        footer = {
            "",
            "Examples:",
            "  catchment export",
            "  catchment export --format csv --format ndjson --to open-data",
            "  catchment export --format dcat-us --format dcat-ap",
            "  catchment export --to s3://open-data/catchment",
            "  catchment export --to file:///srv/lake --whole"
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
            description = {
                "Folder that the export becomes a folder of, or a lake, as",
                "s3://bucket/prefix or file:///path. Default: export.dir."
            })
    private String to;

    @Option(
            names = "--whole",
            description = {"To a lake: a whole export, where one of changes would do."})
    private boolean isWhole;

    @Override
    public Integer call() {
        if (to != null && LakeOrder.isAddress(to)) {
            requireOption(formats.equals(List.of("parquet")), "--format", "A lake is of Parquet");
            return run("export-lake", new LakeOrder(to, isWhole, "cli"));
        }
        requireOption(!isWhole, "--whole", "An export to a folder is always whole");
        return run("export-catalogue", new ExportOrder(new TreeSet<>(formats), to == null ? null : Path.of(to), "cli"));
    }

    private void requireOption(boolean fits, String option, String why) {
        if (!fits) {
            throw new ParameterException(spec().commandLine(), "%s: leave out %s.".formatted(why, option));
        }
    }

    private int run(String route, Object order) {
        Session session = open();
        return runJobs(session, Routes.of("export"), route, database -> List.of(order));
    }
}
