package dev.catchment.cli.web;

import dev.catchment.cli.session.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment users passwd}. */
@Command(
        name = "passwd",
        mixinStandardHelpOptions = true,
        description = "Sets a new password; a disabled person may log in again.",
        footer = {"", "Example:", "  catchment users passwd mira"})
final class UsersPasswdCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "Name of the person.")
    private String name;

    @Override
    public Integer call() {
        ChangedUser.change(
                spec, name, () -> NewPassword.hash(spec), true, "%s has a new password, and is logged out everywhere.");
        return ExitCode.DONE;
    }
}
