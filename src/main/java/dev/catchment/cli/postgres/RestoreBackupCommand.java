package dev.catchment.cli.postgres;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Backup;
import dev.catchment.postgres.ClientPrograms;
import dev.catchment.postgres.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment restore}. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Restores a backup into an empty database, completely or not at all.",
            "Needs pg_restore, on the PATH or in the folder postgres.tools.",
            "Stop the service first."
        },
        footer = {"", "Example:", "  catchment restore backup/catchment.dump && catchment verify names"})
public final class RestoreBackupCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "Dump written by 'catchment backup' or pg_dump -Fc.")
    private Path file;

    @Option(
            names = "--force",
            description = {
                "First drop ALL OF CATCHMENT'S DATA in the database; if the",
                "restore then fails, the database stays empty."
            })
    private boolean force;

    @Override
    public Integer call() throws IOException {
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("Cannot read the file %s.".formatted(file));
        }
        Session session = Session.open(spec, false);
        ClientPrograms programs = new ClientPrograms(session.toolsDirectory());
        try (Database database = session.database()) {
            session.interrupt().stopBy(programs::stop);
            new Backup(database, programs).restore(file, force);
            spec.commandLine().getOut().println("Restored %s into %s".formatted(file, database.url()));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }
}
