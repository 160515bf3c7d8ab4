package dev.catchment.cli.kinds;

import picocli.CommandLine.Command;

/** {@code catchment kinds}. */
@Command(
        name = "kinds",
        mixinStandardHelpOptions = true,
        subcommands = {KindsListCommand.class, KindsCheckCommand.class},
        description = "Shows and checks the kinds of portals that can be harvested.",
        footer = {
            "",
            "Examples:",
            "  catchment kinds list",
            "  catchment kinds check",
            "  catchment kinds check kinds/my-portal.kind.yaml",
            "",
            "A kind is two files: <kind>.kind.yaml, how it is walked, and <kind>.sql, what",
            "its fields mean. Those in the folder of the setting kinds are offered at once."
        })
public final class KindsCommand {}
