package dev.catchment.cli.harvest;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment sources pause}. */
@Command(
        name = "pause",
        mixinStandardHelpOptions = true,
        description = "Pauses sources: they are not walked any more until they are resumed.",
        footer = {"", "Example:", "  catchment sources pause canada"})
final class SourcesPauseCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Names of sources.")
    private List<String> names;

    @Override
    public Integer call() {
        return SourceSwitch.turn(spec, names, false);
    }
}
