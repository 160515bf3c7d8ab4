package dev.catchment.cli;

import dev.catchment.postgres.Database;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment policy accept}. */
@Command(
        name = "accept",
        mixinStandardHelpOptions = true,
        description = {
            "Lets what is held of a page count as its next version.",
            "It does so at the next check, which is due at once, if the page still says the",
            "same then. What is no version needs no command: it is dropped when it is gone."
        },
        footer = {
            "",
            "Examples:",
            "  catchment policy list --failing            what is held, and why?",
            "  catchment policy show 'GB Visit' --held    what does it say?",
            "  catchment policy accept 'GB Visit'",
            "  catchment policy watch --source 'GB Visit'"
        })
final class PolicyAcceptCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "SOURCE", description = "Its name, the beginning of it, its URL or id.")
    private String source;

    @Override
    public Integer call() {
        try (Database database = Session.open(spec, false).currentDatabase()) {
            String id = PolicySource.id(database, source);
            Object name = PolicySource.find(database, id).get("name");
            if (database.rows("policy/update-accepted-candidate", Map.of("source", id))
                    .isEmpty()) {
                throw new IllegalArgumentException(PolicySource.NOTHING_HELD);
            }
            spec.commandLine()
                    .getOut()
                    .println("%s: accepted. It counts at the next check, which is due now, if the page still says so."
                            .formatted(name));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }
}
