package dev.catchment.harvest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.catchment.errors.Cause;
import dev.catchment.errors.FailureText;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TransientFailure;
import dev.catchment.flow.BadRecord;
import dev.catchment.flow.RunStart;
import dev.catchment.flow.decode.Decoder;
import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.kind.Kinds;
import dev.catchment.flow.walk.ActiveWalk;
import dev.catchment.flow.walk.FetchedPage;
import dev.catchment.flow.walk.PagedWalk;
import dev.catchment.flow.walk.RawRecord;
import dev.catchment.flow.walk.RecordOutcome;
import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.harvest.source.KindGuess;
import dev.catchment.harvest.source.SourceFields;
import dev.catchment.http.HttpAnswer;
import dev.catchment.http.HttpCall;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A URL under trial: of which kind it is, and what would be kept of its first records. One kind after the other is asked for,
 * the likeliest first, until records of one came; nothing is written, not even to the ledger.
 */
public final class SourceTry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Records that are shown. */
    private static final int MOST = 5;
    /** The first parents may have no records. */
    private static final int MOST_REQUESTS = 10;

    private final Kinds kinds;
    private final HarvestWalks walks;
    private final Order order;
    private final Iterator<KindGuess> guesses;
    private final List<Map<String, Object>> tried = new ArrayList<>();
    private final List<Map<String, Object>> records = new ArrayList<>();
    private KindGuess guess;
    private ObjectNode row;
    private ActiveWalk walk;
    private ArrayNode readable;
    private int requests;
    private boolean isPageThere;
    private boolean isFound;
    private boolean isOver;
    private boolean hasAnswered;

    /**
     * What is to be tried.
     *
     * @param kind null: to be guessed
     * @param secret name of an environment variable, or null
     */
    public record Order(String url, String kind, Map<String, String> options, String secret) {}

    SourceTry(Kinds kinds, HarvestWalks walks, Order order) {
        this.kinds = kinds;
        this.walks = walks;
        this.order = order;
        // The URL is checked before anything is made of it.
        row(order.kind() == null ? kinds.readable().get(0).kind() : order.kind(), order.url());
        this.guesses = guesses().iterator();
    }

    private List<KindGuess> guesses() {
        String url = order.url().strip();
        if (order.kind() != null) {
            Kind kind = kinds.get(order.kind()).kind();
            if (kind.room() != null) {
                throw new IllegalArgumentException(
                        "Sources of the kind %s cannot be tried: another room keeps their records."
                                .formatted(kind.kind()));
            }
            return KindGuess.ofKind(url, kind);
        }
        return KindGuess.of(
                url,
                kinds.all().values().stream()
                        .filter(declared -> Kinds.problems(declared).isEmpty())
                        .map(Kinds.Declared::kind)
                        .filter(kind -> kind.room() == null)
                        .toList());
    }

    private ObjectNode row(String kind, String url) {
        ObjectNode written = JSON.createObjectNode();
        written.put("kind", kind).put("url", url).put("secret", order.secret());
        order.options().forEach(written.withObjectProperty("options")::put);
        try {
            return SourceFields.row(written, kinds.readable());
        } catch (BadRecord bad) {
            throw new IllegalArgumentException(bad.getMessage(), bad);
        }
    }

    public boolean hasMore() {
        return !isFound && !isOver && guesses.hasNext();
    }

    /** Goes on with the next kind. */
    public void next() {
        guess = guesses.next();
        row = row(guess.kind().kind(), guess.url());
        close();
        Map<String, Object> source = new HashMap<>(Map.of("source_id", 0L, "health", "never", "failures", 0));
        List.of("name", "kind", "url", "host", "secret", "schedule").forEach(field -> source.put(field, text(field)));
        source.put(
                "options", row.path("options").isObject() ? row.get("options").toString() : "{}");
        WalkOrder walked = new WalkOrder(
                HarvestWalks.ROOM, HarvestWalks.FLOW, text("name"), "cli", null, true, null, null, 0, true);
        int size = Math.min(MOST, guess.kind().page().size());
        walk = walks.walk(walked, RunStart.of(walked.run(), null), SourceRow.of(source), guess.kind(), size);
        records.clear();
        readable = JSON.createArrayNode();
        requests = 0;
        isPageThere = false;
    }

    private String text(String field) {
        return row.path(field).isTextual() ? row.get(field).textValue() : null;
    }

    public boolean isProbed() {
        return guess.probe() != null;
    }

    /** The request that shows whether it can be of the kind at all. */
    public HttpCall probe() {
        return walk.ask(guess.probe());
    }

    /** Takes in what the probe came to. @throws TransientFailure if the kind does not answer so */
    public void takeProbe(HttpAnswer answer) {
        hasAnswered = true;
        byte[] json = Decoder.named(guess.kind().decode()).json(answer.body());
        try {
            JSON.readTree(json);
        } catch (IOException e) {
            throw new TransientFailure("The answer is not JSON.", e);
        }
    }

    /** Whether records have yet to be asked for. */
    public boolean asks() {
        return !isPageThere && walk.hasMore() && requests < MOST_REQUESTS;
    }

    /** The request for records, or for the parents that they are asked for by. */
    public HttpCall call() {
        requests++;
        return walk.nextCall();
    }

    /** Takes in what came. */
    public void take(HttpAnswer answer) {
        hasAnswered = true;
        FetchedPage page = walk.take(answer);
        for (RawRecord raw :
                page.records().subList(0, Math.min(MOST, page.records().size()))) {
            isPageThere = true;
            if (new RecordReader(guess.kind()).outcome(raw, raw.index()) instanceof RecordOutcome.Rejected rejected) {
                Map<String, Object> record = new LinkedHashMap<>();
                record.put("key", rejected.key());
                record.put("problem", rejected.message());
                records.add(record);
            } else {
                readable.addObject().put("key", raw.key().strip()).putRawValue("raw", new RawValue(raw.text()));
            }
        }
    }

    /** The parameters of {@code harvest/describe-records}. */
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = walks.declared(guess.kind().kind());
        parameters.put("source", row.toString());
        parameters.put("records", readable.toString());
        return parameters;
    }

    /**
     * It is of this kind.
     *
     * @param rows of {@code harvest/describe-records}
     * @throws PermanentFailure if it was guessed, and what came does not look like it
     */
    public void described(List<Map<String, Object>> rows) {
        if (guess.isDoubtful() && rows.stream().allMatch(row -> row.get("title") == null)) {
            throw new PermanentFailure(
                    rows.isEmpty()
                            ? "It lists no record."
                            : "None of its records has a title where this kind has one.");
        }
        isFound = true;
        try {
            for (Map<String, Object> described : rows) {
                Map<String, Object> record = new LinkedHashMap<>(described);
                String mapped = (String) described.get("mapped");
                record.put("mapped", mapped == null ? null : JSON.readValue(mapped, Object.class));
                records.add(record);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // jsonb gave it
        }
    }

    /**
     * It is not of this kind. If nothing answered at all, the others are not asked for: they are at the same host.
     *
     * @throws Exception what is no fault of the URL
     */
    public void failed(Throwable failure) throws Exception {
        Throwable cause = Cause.of(failure);
        if (cause instanceof PermanentFailure || cause instanceof TransientFailure || cause instanceof IOException) {
            int status = cause instanceof PermanentFailure permanent
                    ? permanent.status()
                    : cause instanceof TransientFailure passing ? passing.status() : 0;
            isOver = !hasAnswered && status == 0 && !(cause instanceof TransientFailure);
            Map<String, Object> attempt = new LinkedHashMap<>();
            attempt.put("kind", guess.kind().kind());
            attempt.put("url", guess.probe() == null ? guess.url() : guess.probe());
            attempt.put("problem", FailureText.of(cause, "the URL"));
            tried.add(attempt);
            hasAnswered |= status > 0;
        } else if (cause instanceof Exception exception) {
            throw exception;
        } else {
            throw new IllegalStateException(cause);
        }
    }

    /** What it came to: kind, url, name, total (null if none is announced), records, tried; kind is null where none fits. */
    public Map<String, Object> result() {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("kind", isFound ? guess.kind().kind() : null);
        result.put("title", isFound ? guess.kind().title() : null);
        result.put("url", isFound ? text("url") : order.url());
        result.put("name", isFound ? text("name") : null);
        result.put("total", isFound ? total() : null);
        result.put("records", isFound ? List.copyOf(records) : List.of());
        result.put("tried", List.copyOf(tried));
        return result;
    }

    private Long total() {
        return walk.walk() instanceof PagedWalk paged && paged.firstTotal() > 0 ? paged.firstTotal() : null;
    }

    @Override
    public void close() {
        if (walk != null) {
            walk.close();
        }
    }
}
