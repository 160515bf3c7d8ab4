package dev.catchment.cli.postgres;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Backup;
import dev.catchment.postgres.ClientPrograms;
import dev.catchment.postgres.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code catchment backup}. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        description = {
            "Dumps the whole database to a file, in the custom format of pg_dump.",
            "Needs pg_dump, at least as new as the server, on the PATH or in postgres.tools;",
            "the embedded PostgreSQL has none. The service may keep running. Published files",
            "of names are in data/names: copy that folder too."
        },
        footer = {"", "Example:", "  catchment backup --out backup/catchment.dump"})
public final class BackupCommand implements Callable<Integer> {
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "File to write. Default: catchment_DATE-TIME.dump, in UTC.")
    private Path out;

    @Override
    public Integer call() throws IOException {
        Path file = out != null
                ? out
                : Path.of("catchment_" + LocalDateTime.now(ZoneOffset.UTC).format(MOMENT) + ".dump");
        if (Files.exists(file)) {
            throw new IllegalArgumentException(
                    "%s already exists, and a backup overwrites nothing. Name another file.".formatted(file));
        }
        Session session = Session.open(spec, false);
        ClientPrograms programs = new ClientPrograms(session.toolsDirectory());
        try (Database database = session.database()) {
            session.interrupt().stopBy(programs::stop);
            new Backup(database, programs).write(file);
            spec.commandLine()
                    .getOut()
                    .println("Wrote %s, %,d bytes, of %s".formatted(file, Files.size(file), database.url()));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }
}
