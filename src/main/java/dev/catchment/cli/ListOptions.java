package dev.catchment.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What the options of lists may say. */
final class ListOptions {
    private ListOptions() {}

    /** @param status null for all @param what is listed, such as jobs */
    static void check(CommandSpec command, String status, List<String> statuses, int most, String what) {
        if (status != null && !statuses.contains(status)) {
            throw new ParameterException(
                    command.commandLine(), "--status takes one of " + String.join(", ", statuses) + ".");
        }
        checkMost(command, most, what);
    }

    /** @param what is listed, such as jobs */
    static void checkMost(CommandSpec command, int most, String what) {
        if (most < 1) {
            throw new ParameterException(command.commandLine(), "--most takes a number of " + what + " from 1 on.");
        }
    }
}
