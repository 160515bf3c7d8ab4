package dev.catchment.cli.harvest;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code catchment sources resume}. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Resumes sources that were paused; one that was never walked is due at once.",
        footer = {"", "Example:", "  catchment sources resume canada"})
final class SourcesResumeCommand implements Callable<Integer> {
    @Mixin
    private SourceSwitch sources;

    @Override
    public Integer call() {
        return sources.turn(true);
    }
}
