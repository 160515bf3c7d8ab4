package dev.catchment.names;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.errors.Cause;
import dev.catchment.errors.FailureText;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.ActiveRuns;
import dev.catchment.flow.RunStart;
import dev.catchment.names.figure.Publication;
import dev.catchment.names.reading.FileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;

/** The loads of this process, and what each asks of the database. */
public final class Loads {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileReader reader;
    private final Store store;
    private final ActiveRuns running;
    private final int largeFrom;
    private final long pause;

    /**
     * @param largeFrom a file of so many figures is built aside
     * @param pause milliseconds before a failed job is tried again the first time
     */
    public Loads(FileReader reader, Store store, ActiveRuns running, int largeFrom, long pause) {
        this.reader = reader;
        this.store = store;
        this.running = running;
        this.largeFrom = largeFrom;
        this.pause = pause;
    }

    /** The parameters of {@code names/open-next-job}. */
    public Map<String, Object> worker(String worker) {
        return Map.of("worker", worker);
    }

    /** The parameters of {@code names/refresh-statistics}. @param wait for another process that is at it */
    public Map<String, Object> refreshing(boolean wait) {
        return Map.of("wait", wait);
    }

    public ClaimedJob ticket(Map<String, Object> row) {
        return new ClaimedJob(row);
    }

    public Load begin(ClaimedJob ticket, RunStart start) {
        Load.Source source = () -> reader.read(
                store.find(ticket.text("file_path"), ticket.text("sha256")),
                ticket.text("filename"),
                ticket.publication());
        return begun(new Load(start, ticket.name(), ticket.bytes(), source, ticket.isGenderSettled()));
    }

    /** Begins to read a file that is not kept, only to count. */
    public Load beginDryRun(LoadOrder order, Publication publication, RunStart start) throws IOException {
        String name = order.file().getFileName().toString();
        Load.Source source = () -> reader.read(order.file(), name, publication);
        boolean isGenderSettled = order.force() || order.hints().gender() != null;
        return begun(new Load(start, name, Files.size(order.file()), source, isGenderSettled));
    }

    private Load begun(Load load) {
        running.begun(load);
        return load;
    }

    /** The parameters of {@code names/open-staging}. */
    public Map<String, Object> staging(ClaimedJob ticket, Load load) {
        return Map.of(
                "job",
                ticket.text("job_id"),
                "dataset",
                ticket.text("dataset_id"),
                "run",
                load.start().run());
    }

    /** The parameters of {@code names/insert-figures}. */
    public Map<String, Object> figures(ClaimedJob ticket, Load load, FigureBatch batch) throws JsonProcessingException {
        Map<String, Object> parameters = batch.lists();
        parameters.put("run", load.start().run());
        parameters.put("dataset", ticket.text("dataset_id"));
        parameters.put("rejects", JSON.writeValueAsString(batch.rejects()));
        return parameters;
    }

    /** The parameters of {@code names/merge-dataset}. */
    public Map<String, Object> merging(ClaimedJob ticket, Load load) {
        Map<String, Object> parameters = load.counts();
        parameters.putAll(claim(ticket));
        parameters.put("run", load.start().run());
        parameters.put("large_from", largeFrom);
        return parameters;
    }

    /** The parameters of {@code names/close-failed-job}. @param isServers whether the server failed and not the load */
    public Map<String, Object> failing(ClaimedJob ticket, Throwable failure, boolean isServers) {
        Throwable cause = Cause.of(failure);
        Map<String, Object> parameters = claim(ticket);
        parameters.put("error", FailureText.of(cause, ticket.name()));
        parameters.put("permanent", cause instanceof PermanentFailure || cause instanceof IllegalArgumentException);
        parameters.put("is_attempt", !isServers);
        parameters.put("pause", pause);
        return parameters;
    }

    private static Map<String, Object> claim(ClaimedJob ticket) {
        return new HashMap<>(
                Map.of("job", ticket.text("job_id"), "worker", ticket.text("worker"), "attempt", ticket.attempt()));
    }
}
