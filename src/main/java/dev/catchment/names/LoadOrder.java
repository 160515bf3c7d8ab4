package dev.catchment.names;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What is asked of one published file.
 *
 * @param trigger what asked for it: inbox, cli
 * @param force read it again even if this very content was loaded before
 * @param dryRun recognise, read and count; write nothing
 */
public record LoadOrder(Path file, Hints hints, String trigger, boolean force, boolean dryRun) {
    /** The parameters of {@code ops/open-run} for a dry run. @param node this process, as the ledger names it */
    public Map<String, Object> run(Publication publication, String node) {
        String scope = publication.entry() == null
                ? file.getFileName().toString()
                : file.getFileName() + "!" + publication.entry();
        Map<String, Object> run = new HashMap<>(
                Map.of("room", "names", "flow", "load", "scope", scope, "trigger", trigger, "node", node));
        run.put("mode", "dry-run");
        run.put("cursor", null);
        return run;
    }
}
