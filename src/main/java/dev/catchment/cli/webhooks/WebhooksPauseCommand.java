package dev.catchment.cli.webhooks;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code catchment webhooks pause}. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = "Pauses a webhook: nothing is posted until it is resumed.",
        footer = {"", "Example:", "  catchment webhooks pause mirror"})
final class WebhooksPauseCommand implements Callable<Integer> {
    @Mixin
    private NamedWebhook webhook;

    @Override
    public Integer call() {
        return webhook.change("webhooks/update-paused-webhook", "Paused %s; its cursor stays.");
    }
}
