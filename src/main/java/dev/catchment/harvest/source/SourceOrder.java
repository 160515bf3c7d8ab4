package dev.catchment.harvest.source;

import dev.catchment.flow.RunOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What is asked of one import of sources.
 *
 * @param trigger what asked for it: inbox, cli, api
 * @param activate all become active, whatever the file says
 * @param dryRun read, check and compare, write nothing
 */
public record SourceOrder(Path file, String trigger, boolean activate, boolean dryRun) {
    public static SourceOrder ofInbox(String path) {
        return new SourceOrder(Path.of(path), "inbox", false, false);
    }

    /**
     * Of sources that came as text, which is put into a file of its own.
     *
     * @param type text/csv, application/x-ndjson, or else YAML
     */
    public static SourceOrder given(String text, String type, boolean activate, boolean dryRun) {
        String form = type != null && type.startsWith("text/csv") ? "csv" : "yaml";
        if (type != null && type.contains("ndjson")) {
            form = "jsonl";
        }
        try {
            Path file = Files.createTempFile("sources-", "." + form);
            Files.writeString(file, text);
            return new SourceOrder(file, "api", activate, dryRun);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the file. */
    public void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** The run it asks for. */
    public RunOrder run() {
        return RunOrder.whole("harvest", "import", file.getFileName().toString(), trigger, dryRun);
    }
}
