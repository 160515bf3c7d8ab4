package dev.catchment.cli.names;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.cli.session.Session;
import dev.catchment.names.LoadOrder;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Hints;
import dev.catchment.postgres.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment load}. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        description = {
            "Loads published files of baby-name statistics.",
            "Each file is recognised by its content, stored, and loaded by a queued job; the",
            "command waits for its jobs. A file is loaded completely or not at all, and",
            "replaces what its source published earlier for the same years."
        },
        footer = {
            "",
            "Examples:",
            "  catchment load names.zip",
            "  catchment load --dry-run *.xlsx     show what these files are and hold",
            "  catchment load --source au-sa --year 2017 --gender F top.csv",
            "  catchment load --json names.zip | jq .figures"
        })
public final class LoadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files, as published.")
    private List<Path> files;

    @Option(
            names = "--source",
            paramLabel = "S",
            description = {
                "Publisher, such as us-ssa or gb-ons, if the files do not",
                "say; refused if they are from another publisher."
            })
    private String source;

    @Option(names = "--year", paramLabel = "Y", description = "Year, if the file does not give it or gives two.")
    private Integer year;

    @Option(names = "--gender", paramLabel = "M|F", description = "Gender, if the file does not give it or gives both.")
    private Gender gender;

    @Option(names = "--dry-run", description = "Recognise, read and count, but write nothing.")
    private boolean dryRun;

    @Option(
            names = "--force",
            description = {"Load a file again, and let it count even if a check", "would hold it."})
    private boolean force;

    @Option(
            names = "--json",
            description = {"Print one JSON object per dataset on standard output,", "and nothing else."})
    private boolean json;

    @Option(names = "--verbose", description = "Log at debug level.")
    private boolean verbose;

    @Override
    public Integer call() {
        Session session = Session.open(spec, verbose);
        Hints hints = new Hints(source, year, gender);
        List<LoadOrder> orders = files.stream()
                .map(file -> new LoadOrder(file.toAbsolutePath(), hints, "cli", force, dryRun))
                .toList();
        try (Database database = session.database(dryRun);
                Service service = session.service(database, Routes.of("names"))) {
            int workers = session.settings().integer("names.workers");
            return new NamesLoading(service, database, spec.commandLine().getOut(), json, workers).run(orders);
        }
    }
}
