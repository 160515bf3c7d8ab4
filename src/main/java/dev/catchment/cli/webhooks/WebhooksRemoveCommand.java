package dev.catchment.cli.webhooks;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code catchment webhooks remove}. */
@Command(
        name = "remove",
        mixinStandardHelpOptions = true,
        description = "Removes a webhook with its deliveries.",
        footer = {"", "Example:", "  catchment webhooks remove mirror"})
final class WebhooksRemoveCommand implements Callable<Integer> {
    @Mixin
    private NamedWebhook webhook;

    @Override
    public Integer call() {
        return webhook.change("webhooks/delete-webhook", "Removed %s.");
    }
}
