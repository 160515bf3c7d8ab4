package dev.catchment.cli.web;

import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Changes a person, whose logins end. */
final class ChangedUser {
    private ChangedUser() {}

    /**
     * @param hash of the new password; null if it stays
     * @param active whether the person may log in; null if that stays
     */
    static void change(CommandSpec spec, String name, Supplier<String> hash, Boolean active, String said) {
        Map<String, Object> change = new HashMap<>();
        change.put("name", name);
        change.put("is_active", active);
        try (Database database = Session.open(spec, false).currentDatabase()) {
            change.put("hashed_password", hash.get());
            if (database.rows("web/update-user", change).isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no person called %s. 'catchment users list' lists them.".formatted(name));
            }
            spec.commandLine().getOut().println(said.formatted(name));
            spec.commandLine().getOut().flush();
        }
    }
}
