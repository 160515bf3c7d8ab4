package dev.catchment.cli.output;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --limit} of a command that lists rows; mixed in. */
public class RowLimit {
    private static final int DEFAULT = 20;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--limit", paramLabel = "N", description = "List at most N rows. Default: ${DEFAULT-VALUE}.")
    private int rows;

    /** The former name of {@code --limit}, accepted for one release. */
    @Option(names = "--most", paramLabel = "N", hidden = true)
    private Integer most;

    public RowLimit() {
        this(DEFAULT);
    }

    public RowLimit(int rows) {
        this.rows = rows;
    }

    /** @throws ParameterException if less than one row is wanted */
    public int rows() {
        if (most != null) {
            command.commandLine()
                    .getErr()
                    .println(
                            "catchment: WARN: --most is deprecated and will be removed in the next release. Use --limit.");
            rows = most;
            most = null;
        }
        if (rows < 1) {
            throw new ParameterException(command.commandLine(), "--limit takes a number of rows, 1 or more.");
        }
        return rows;
    }
}
