package dev.catchment.registry;

import dev.catchment.flow.RunOrder;
import dev.catchment.registry.file.SeedFile;
import java.nio.file.Path;

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

    /** The run it asks for, over a content and not over a path. */
    public RunOrder run(SeedFile content) {
        RunOrder whole = RunOrder.whole("registry", "seed", content.sha256(), trigger, dryRun);
        return force ? whole : whole.resuming();
    }
}
