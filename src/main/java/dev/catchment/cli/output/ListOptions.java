package dev.catchment.cli.output;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the options of lists may say. */
public final class ListOptions {
    private ListOptions() {}

    /** @param status null for all */
    public static void check(CommandSpec command, String status, List<String> statuses) {
        if (status != null && !statuses.contains(status)) {
            throw new ParameterException(
                    command.commandLine(), "--status takes one of " + String.join(", ", statuses) + ".");
        }
    }
}
