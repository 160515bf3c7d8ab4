package dev.catchment.cli.webhooks;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code catchment webhooks test}. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = {"Posts a signed message without changes to a webhook.", "Says what came of it."},
        footer = {"", "Example:", "  catchment webhooks test mirror"})
final class WebhooksTestCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private NamedWebhook webhook;

    @Override
    public Integer call() {
        Session session = Session.open(spec, false);
        try (Database database = session.currentDatabase();
                Service service = session.service(database, Routes.of("webhooks", "mail"))) {
            spec.commandLine()
                    .getOut()
                    .println(service.ask("webhooks-manage-test", Map.of("webhook", webhook.name()), String.class));
            spec.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }
}
