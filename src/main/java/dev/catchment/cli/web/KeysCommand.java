package dev.catchment.cli.web;

import picocli.CommandLine.Command;

/** {@code catchment keys}. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        subcommands = {KeysCreateCommand.class, KeysListCommand.class, KeysRevokeCommand.class},
        description = "Manages the keys with which programs ask the API.",
        footer = {
            "",
            "Examples:",
            "  catchment keys create dashboard --expires 90d",
            "  catchment keys create deploy --role admin",
            "  catchment keys list",
            "  catchment keys revoke dashboard",
            "",
            "A key goes in the header 'Authorization: Bearer <key>'."
        })
public final class KeysCommand {}
