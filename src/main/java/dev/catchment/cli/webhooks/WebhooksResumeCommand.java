package dev.catchment.cli.webhooks;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code catchment webhooks resume}. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {
            "Resumes a webhook from its cursor.",
            "It may be one that was switched off; what failed is tried again at once."
        },
        footer = {"", "Example:", "  catchment webhooks resume mirror"})
final class WebhooksResumeCommand implements Callable<Integer> {
    @Mixin
    private NamedWebhook webhook;

    @Override
    public Integer call() {
        return webhook.change("webhooks/update-resumed-webhook", "Resumed %s.");
    }
}
