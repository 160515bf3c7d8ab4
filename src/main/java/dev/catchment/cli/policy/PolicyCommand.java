package dev.catchment.cli.policy;

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
        description = "Manages watched policy pages.",
        footer = {
            "",
            "Examples:",
            "  catchment policy import docs/examples/policy-sources.yaml",
            "  catchment policy watch",
            "  catchment policy list --failing",
            "  catchment policy changes --since 7d",
            "  catchment policy diff 'GB Visit visa'",
            "",
            "Name a source by its name, by how its name begins, by its URL, or by the first",
            "characters of its id."
        })
public final class PolicyCommand {}
