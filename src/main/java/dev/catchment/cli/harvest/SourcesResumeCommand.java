package dev.catchment.cli.harvest;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment sources resume}. */
@Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = "Resumes sources that were paused; one that was never walked is due at once.",
        footer = {"", "Example:", "  catchment sources resume canada"})
final class SourcesResumeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Names of sources.")
    private List<String> names;

    @Override
    public Integer call() {
        return SourceSwitch.turn(spec, names, true);
    }
}
