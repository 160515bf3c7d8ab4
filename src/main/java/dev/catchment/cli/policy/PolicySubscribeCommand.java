package dev.catchment.cli.policy;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.policy.mail.RouteWords;
import dev.catchment.postgres.Database;
import dev.catchment.settings.Settings;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment policy subscribe}. */
@Command(
        name = "subscribe",
        mixinStandardHelpOptions = true,
        description = "Subscribes an address to changes, once its owner confirms.",
        footer = {
            "",
            "Examples:",
            "  catchment policy subscribe me@example.org",
            "  catchment policy subscribe me@example.org --origin AF --destination GB",
            "",
            "The confirmation mail goes out with the next mails, once, even if asked twice."
        })
final class PolicySubscribeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "EMAIL", description = "Address to send alerts to.")
    private String email;

    @Mixin
    private PolicyRouteOptions route = new PolicyRouteOptions();

    @Override
    public Integer call() {
        PolicyRouteOptions.checkAddress(spec, email);
        Map<String, Object> asked = route.parameters(spec);
        asked.put("email", email.strip());
        Session session = Session.open(spec, false);
        try (Database database = session.currentDatabase()) {
            Map<String, Object> kept =
                    database.rows("policy/upsert-subscription", asked).get(0);
            spec.commandLine()
                    .getOut()
                    .println("%s, %s: %s"
                            .formatted(kept.get("email"), RouteWords.of(kept), words(kept, session.settings())));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }

    private static String words(Map<String, Object> kept, Settings settings) {
        String otherwise = " 'catchment policy confirm %s' confirms it without an answer.".formatted(kept.get("token"));
        return switch ((String) kept.get("state")) {
            case "active" -> "already subscribed.";
            case "waiting" -> "was asked to confirm, and has not done so yet." + otherwise;
            default ->
                settings.get("policy.mail.host").isBlank()
                        ? "will be asked to confirm as soon as there is a mail server (policy.mail.host)." + otherwise
                        : "will be asked to confirm, with the next mails." + otherwise;
        };
    }
}
