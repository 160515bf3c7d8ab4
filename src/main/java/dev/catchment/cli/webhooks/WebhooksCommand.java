package dev.catchment.cli.webhooks;

import picocli.CommandLine.Command;

/** {@code catchment webhooks}. */
@Command(
        name = "webhooks",
        mixinStandardHelpOptions = true,
        subcommands = {
            WebhooksAddCommand.class,
            WebhooksListCommand.class,
            WebhooksTestCommand.class,
            WebhooksPauseCommand.class,
            WebhooksResumeCommand.class,
            WebhooksRemoveCommand.class
        },
        description = "Manages the webhooks to which the service posts changes.",
        footer = {
            "",
            "Examples:",
            "  catchment webhooks add mirror https://hooks.example.org/catchment",
            "  catchment webhooks add visas https://hooks.example.org/v --feed policy",
            "  catchment webhooks list",
            "  catchment webhooks test mirror",
            "",
            "Posts are signed with a secret that is derived from WEBHOOK_SECRET, which has to",
            "be the same in the environment of the service and of these commands."
        })
public final class WebhooksCommand {}
