package dev.catchment.names;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.figure.Hints;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.reading.FileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes published files in: each is recognised by its content and kept. */
public final class Intake {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileReader reader;
    private final Store store;

    public Intake(FileReader reader, Store store) {
        this.reader = reader;
        this.store = store;
    }

    /** A dropped file: the folder it lies in may say who published it. */
    public LoadOrder dropped(String file, String inbox) {
        Path path = Path.of(file).toAbsolutePath().normalize();
        Path parent = path.getParent();
        boolean isBelow = !parent.equals(Path.of(inbox).toAbsolutePath().normalize());
        Hints hints = isBelow ? new Hints(parent.getFileName().toString(), null, null) : Hints.NONE;
        return new LoadOrder(path, hints, "inbox", false, false);
    }

    /** What became of a dropped file. @param outcome rows of {@code names/upsert-datasets}, or why it is refused */
    public Map<String, Object> summary(Object outcome) {
        return outcome instanceof Throwable refused
                ? Map.of("status", "failed", "error", refused.getMessage())
                : Map.of("status", "taken in", "datasets", outcome);
    }

    /** What a file was recognised as. @throws PermanentFailure if it is refused */
    public List<Publication> recognise(LoadOrder order) throws IOException {
        Path file = order.file();
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new IllegalArgumentException("Cannot read the file %s.".formatted(file));
        }
        try {
            return reader.recognise(file, name(order), order.hints().withForce(order.force()));
        } catch (PermanentFailure e) {
            throw new PermanentFailure("Nothing of %s was loaded. %s".formatted(name(order), e.getMessage()));
        }
    }

    public Store.Stored keep(LoadOrder order) {
        return store.keep(order.file());
    }

    /** The parameters of {@code names/upsert-datasets}. */
    public Map<String, Object> queueing(LoadOrder order, List<Publication> publications, Store.Stored stored)
            throws JsonProcessingException {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("publications", JSON.writeValueAsString(publications));
        parameters.put("filename", name(order));
        parameters.put("file_path", stored.key());
        parameters.put("file_size", stored.bytes());
        parameters.put("sha256", stored.sha256());
        parameters.put("uploaded_by", order.trigger());
        parameters.put("force", order.force());
        parameters.put("gender_said", order.hints().gender() != null);
        return parameters;
    }

    /**
     * Lets pass what was taken in.
     *
     * @param rows of {@code names/upsert-datasets}
     * @throws PermanentFailure if this very content was taken in before as something else
     */
    public void check(LoadOrder order, List<Map<String, Object>> rows) {
        for (Map<String, Object> row : rows) {
            if (row.get("known_as") != null) {
                throw new PermanentFailure(("%s was not loaded. It is given as %s, but the same content was loaded"
                                + " as %s. If that was a mistake, run 'catchment load --force' once no job is working on it.")
                        .formatted(name(order), row.get("said"), row.get("known_as")));
            }
        }
    }

    private static String name(LoadOrder order) {
        return order.file().getFileName().toString();
    }
}
