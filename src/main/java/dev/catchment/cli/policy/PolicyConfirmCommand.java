package dev.catchment.cli.policy;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.policy.mail.RouteWords;
import dev.catchment.postgres.Database;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment policy confirm}. */
@Command(
        name = "confirm",
        mixinStandardHelpOptions = true,
        description = "Confirms a subscription whose owner answered the mail.",
        footer = {"", "Example:", "  catchment policy confirm 1f2e3d4c-5b6a-4798-8897-a6b5c4d3e2f1"})
final class PolicyConfirmCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "TOKEN", description = "Token from the mail.")
    private String token;

    static boolean isToken(String text) {
        return text.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    }

    @Override
    public Integer call() {
        if (!isToken(token)) {
            throw new ParameterException(spec.commandLine(), token + " is not a subscription token.");
        }
        try (Database database = Session.open(spec, false).currentDatabase()) {
            report(database.rows("policy/update-confirmed-subscription", Map.of("token", token)));
        }
        return ExitCode.DONE;
    }

    private void report(List<Map<String, Object>> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("No subscription has the token %s.".formatted(token));
        }
        Map<String, Object> row = rows.get(0);
        String what = "%s, %s: ".formatted(row.get("email"), RouteWords.of(row));
        if (!Boolean.TRUE.equals(row.get("is_active"))) {
            throw new IllegalArgumentException(what + "has ended. 'catchment policy subscribe' asks its owner again.");
        }
        spec.commandLine().getOut().println(what + "confirmed; will receive alerts.");
        spec.commandLine().getOut().flush();
    }
}
