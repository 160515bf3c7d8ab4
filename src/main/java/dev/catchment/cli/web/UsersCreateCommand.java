package dev.catchment.cli.web;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment users create}. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Lets a person log in to the console.",
        footer = {"", "Example:", "  catchment users create mira --role admin"})
final class UsersCreateCommand implements Callable<Integer> {
    private static final int LONGEST = 100;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "Name to log in with.")
    private String name;

    @Mixin
    private Role role = new Role();

    @Override
    public Integer call() {
        if (name.isBlank() || name.length() > LONGEST) {
            throw new ParameterException(spec.commandLine(), "NAME takes 1 to %d characters.".formatted(LONGEST));
        }
        try (Database database = Session.open(spec, false).currentDatabase()) {
            // Before the password is asked for.
            if (!database.rows("web/find-user", Map.of("name", name)).isEmpty()) {
                throw taken();
            }
            Map<String, Object> user =
                    Map.of("name", name, "role", role.name(), "hashed_password", NewPassword.hash(spec));
            if (database.rows("web/insert-user", user).isEmpty()) {
                throw taken();
            }
            spec.commandLine().getOut().println("%s may log in as %s.".formatted(name, role.name()));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }

    private ParameterException taken() {
        return new ParameterException(
                spec.commandLine(),
                "There is a person called %s. 'catchment users passwd' sets a new password.".formatted(name));
    }
}
