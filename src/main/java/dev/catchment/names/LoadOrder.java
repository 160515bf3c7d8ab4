package dev.catchment.names;

import dev.catchment.flow.RunOrder;
import dev.catchment.names.figure.Hints;
import dev.catchment.names.figure.Publication;
import java.nio.file.Path;

/**
 * What is asked of one published file.
 *
 * @param trigger what asked for it: inbox, cli
 * @param force read it again even if this very content was loaded before
 * @param dryRun recognise, read and count; write nothing
 */
public record LoadOrder(Path file, Hints hints, String trigger, boolean force, boolean dryRun) {
    /** The dry run over a publication that it asks for. */
    public RunOrder run(Publication publication) {
        String scope = publication.entry() == null
                ? file.getFileName().toString()
                : file.getFileName() + "!" + publication.entry();
        return RunOrder.whole("names", "load", scope, trigger, true);
    }
}
