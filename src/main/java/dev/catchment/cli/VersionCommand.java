package dev.catchment.cli;

import dev.catchment.cli.session.ExitCode;
import dev.catchment.ops.Node;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code catchment version}. */
@Command(
        name = "version",
        mixinStandardHelpOptions = true,
        description = "Prints the version of Catchment and of Java.",
        footer = {"", "Example:", "  catchment version"})
final class VersionCommand implements Callable<Integer>, IVersionProvider {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(getVersion()[0]);
        return ExitCode.DONE;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"catchment %s, Java %s".formatted(number(), System.getProperty("java.version"))};
    }

    static String number() {
        return Node.version();
    }
}
