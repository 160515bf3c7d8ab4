package dev.catchment.harvest.source;

import dev.catchment.flow.RunOrder;
import java.nio.file.Path;

/**
 * What is asked of one import of sources.
 *
 * @param trigger what asked for it: inbox, cli
 * @param activate all become active, whatever the file says
 * @param dryRun read, check and compare, write nothing
 */
public record SourceOrder(Path file, String trigger, boolean activate, boolean dryRun) {
    public static SourceOrder ofInbox(String path) {
        return new SourceOrder(Path.of(path), "inbox", false, false);
    }

    /** The run it asks for. */
    public RunOrder run() {
        return RunOrder.whole("harvest", "import", file.getFileName().toString(), trigger, dryRun);
    }
}
