package dev.catchment.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is put beside an index file when it is done: {@code <file>.rejects.ndjson}, if anything was refused. It appears
 * whole or not at all.
 */
public final class SeedReport {
    private final Path file;
    private final Long run;
    private final Path rejects;
    private long after;
    private boolean more = true;
    private Object unlisted;

    SeedReport(Path file, Long run) {
        this.file = file;
        this.run = run;
        this.rejects = file.resolveSibling("." + file.getFileName() + ".rejects.tmp");
    }

    public boolean hasMore() {
        return more;
    }

    /** The parameters of {@code registry/list-rejects} for the next rejects. */
    public Map<String, Object> next() {
        return new HashMap<>(Map.of("run", run, "after", after));
    }

    /** Adds what came. @param rows of {@code registry/list-rejects}: one, or none at the end */
    public void add(List<Map<String, Object>> rows) throws IOException {
        more = !rows.isEmpty();
        if (more) {
            var how = after == 0 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND;
            Files.createDirectories(file.getParent());
            Files.writeString(
                    rejects, rows.get(0).get("lines") + "\n", StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
            after = ((Number) rows.get(0).get("last_id")).longValue();
            unlisted = rows.get(0).get("unlisted");
        } else if (after > 0) {
            if (unlisted != null) {
                Files.writeString(rejects, unlisted + "\n", StandardOpenOption.APPEND);
            }
            replace(rejects, ".rejects.ndjson");
        } else {
            Files.deleteIfExists(beside(".rejects.ndjson")); // of a former run, which refused something
        }
    }

    private Path beside(String ending) {
        return file.resolveSibling(file.getFileName() + ending);
    }

    private void replace(Path draft, String ending) throws IOException {
        Files.move(draft, beside(ending), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
