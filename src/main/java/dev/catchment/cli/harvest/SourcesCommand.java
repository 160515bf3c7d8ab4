package dev.catchment.cli.harvest;

import picocli.CommandLine.Command;

/** {@code catchment sources}. */
@Command(
        name = "sources",
        mixinStandardHelpOptions = true,
        subcommands = {
            SourcesTryCommand.class,
            SourcesAddCommand.class,
            SourcesImportCommand.class,
            SourcesListCommand.class,
            SourcesShowCommand.class,
            SourcesPauseCommand.class,
            SourcesResumeCommand.class,
            SourcesRemoveCommand.class
        },
        description = "Manages the portals that are harvested.",
        footer = {
            "",
            "Examples:",
            "  catchment sources try https://open.canada.ca/data",
            "  catchment sources add ckan https://open.canada.ca/data --name canada",
            "  catchment sources import portals.yaml",
            "  catchment sources list --health failing",
            "  catchment sources show canada",
            "  catchment sources pause canada",
            "",
            "'catchment kinds list' lists the kinds there are; 'catchment harvest' walks",
            "what is due, as the service does."
        })
public final class SourcesCommand {}
