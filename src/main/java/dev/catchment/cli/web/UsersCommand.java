package dev.catchment.cli.web;

import picocli.CommandLine.Command;

/** {@code catchment users}. */
@Command(
        name = "users",
        mixinStandardHelpOptions = true,
        subcommands = {
            UsersCreateCommand.class,
            UsersListCommand.class,
            UsersPasswdCommand.class,
            UsersDisableCommand.class
        },
        description = "Manages the people who log in to the console.",
        footer = {
            "",
            "Examples:",
            "  catchment users create mira --role admin",
            "  catchment users passwd mira",
            "  catchment users disable mira",
            "",
            "Passwords are asked for at a terminal, and read from standard input elsewhere."
        })
public final class UsersCommand {}
