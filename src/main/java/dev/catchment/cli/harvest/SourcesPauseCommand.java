package dev.catchment.cli.harvest;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code catchment sources pause}. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = "Pauses sources: they are not walked any more until they are resumed.",
        footer = {"", "Example:", "  catchment sources pause canada"})
final class SourcesPauseCommand implements Callable<Integer> {
    @Mixin
    private SourceSwitch sources;

    @Override
    public Integer call() {
        return sources.turn(false);
    }
}
