package dev.catchment.registry;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What is asked of one seed.
 *
 * @param file the index file
 * @param trigger what asked for it: inbox, cli
 * @param force seed it from its beginning, even if this very content was seeded before
 * @param dryRun parse, count and compare, write nothing
 */
public record SeedOrder(Path file, String trigger, boolean force, boolean dryRun) {
    public static SeedOrder ofInbox(String path) {
        return new SeedOrder(Path.of(path), "inbox", false, false);
    }

    /** The parameters of {@code ops/open-run}. @param node this process, as the ledger names it */
    public Map<String, Object> run(SeedFile content, String node) {
        Map<String, Object> run = new HashMap<>(Map.of(
                "room", "registry", "flow", "seed", "scope", content.sha256(), "trigger", trigger, "node", node));
        run.put("mode", dryRun ? "dry-run" : "full");
        run.put("resume", !force);
        run.put("cursor", null);
        run.put("now", null);
        return run;
    }
}
