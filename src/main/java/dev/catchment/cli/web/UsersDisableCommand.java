package dev.catchment.cli.web;

import dev.catchment.cli.session.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment users disable}. */
@Command(
        name = "disable",
        mixinStandardHelpOptions = true,
        description = "Lets a person log in no more, and logs that person out.",
        footer = {"", "Example:", "  catchment users disable mira"})
final class UsersDisableCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "Name of the person.")
    private String name;

    @Override
    public Integer call() {
        ChangedUser.change(spec, name, () -> null, false, "%s may not log in any more.");
        return ExitCode.DONE;
    }
}
