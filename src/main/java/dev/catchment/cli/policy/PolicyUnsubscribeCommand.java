package dev.catchment.cli.policy;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.policy.mail.RouteWords;
import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment policy unsubscribe}. */
@Command(
        name = "unsubscribe",
        mixinStandardHelpOptions = true,
        description = "Ends subscriptions; alerts not yet sent are dropped.",
        footer = {
            "",
            "Examples:",
            "  catchment policy unsubscribe me@example.org",
            "  catchment policy unsubscribe me@example.org --destination GB",
            "",
            "Without a route all subscriptions of the address end. A token from a mail ends",
            "that subscription, or all of its address."
        })
final class PolicyUnsubscribeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "EMAIL|TOKEN", description = "Address, or token from a mail.")
    private String which;

    @Mixin
    private PolicyRouteOptions route = new PolicyRouteOptions();

    @Override
    public Integer call() {
        Map<String, Object> meant = route.parameters(spec);
        boolean isToken = PolicyConfirmCommand.isToken(which);
        if (isToken && route.isGiven()) {
            throw new ParameterException(spec.commandLine(), "A token names one subscription: give no route with it.");
        }
        if (!isToken) {
            PolicyRouteOptions.checkAddress(spec, which);
        }
        meant.put("tokens", isToken ? which : null);
        meant.put("email", isToken ? null : which.strip());
        try (Database database = Session.open(spec, false).currentDatabase()) {
            report(database.rows("policy/update-ended-subscriptions", meant));
        }
        return ExitCode.DONE;
    }

    private void report(List<Map<String, Object>> ended) {
        if (ended.isEmpty()) {
            throw new IllegalArgumentException("%s has no such subscription; nothing was ended.".formatted(which));
        }
        PrintWriter out = spec.commandLine().getOut();
        ended.forEach(row -> out.println("%s, %s: %s"
                .formatted(
                        row.get("email"),
                        RouteWords.of(row),
                        Boolean.TRUE.equals(row.get("was_ended")) ? "had already ended." : "ended.")));
        out.flush();
    }
}
