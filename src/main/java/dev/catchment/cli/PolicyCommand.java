package dev.catchment.cli;

import picocli.CommandLine.Command;

/** {@code catchment policy}. */
@Command(
        name = "policy",
        mixinStandardHelpOptions = true,
        subcommands = {
            PolicyImportCommand.class,
            PolicyListCommand.class,
            PolicyWatchCommand.class,
            PolicyShowCommand.class,
            PolicyAcceptCommand.class,
            PolicyDiffCommand.class,
            PolicyChangesCommand.class,
            PolicyRenormaliseCommand.class,
            PolicySubscribeCommand.class,
            PolicyConfirmCommand.class,
            PolicyUnsubscribeCommand.class,
            PolicyAlertsCommand.class
        },
        description = "Asks and orders what is watched: official policy pages.",
        footer = {
            "",
            "Examples:",
            "  catchment policy import docs/examples/policy-sources.yaml",
            "  catchment policy watch",
            "  catchment policy list --failing",
            "  catchment policy changes --since 7d",
            "  catchment policy diff 'GB Visit visa'",
            "",
            "A source is called by its name, the beginning of it, its URL, or the beginning",
            "of its id."
        })
final class PolicyCommand {}
