package dev.catchment.cli.harvest;

import picocli.CommandLine.Command;

/** {@code catchment datasets}. */
@Command(
        name = "datasets",
        mixinStandardHelpOptions = true,
        description = {
            "Searches the datasets of all sources, and shows one as it is or as it was.",
            "The catalogue's are among them."
        },
        footer = {
            "",
            "Examples:",
            "  catchment datasets search 'air quality' --country CA --format csv --since 30d",
            "  catchment datasets show socrata-us/wppx-73fm --at 2026-11-01",
            "  catchment datasets history wppx-73fm"
        },
        subcommands = {DatasetsSearchCommand.class, DatasetsShowCommand.class, DatasetsHistoryCommand.class})
public final class DatasetsCommand {}
