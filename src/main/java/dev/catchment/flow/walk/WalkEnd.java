package dev.catchment.flow.walk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.errors.FailureText;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.http.HttpAnswer;
import dev.catchment.http.HttpCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges whether a walk that came to an empty page came to the end of its source. The total that the pages announced
 * decides where it can; else what is held beyond the last id that came, looked up by key. What speaks against the end, and
 * a look-up that proves nothing, makes the run a partial one.
 */
public final class WalkEnd {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<String>> IDS = new TypeReference<>() {};

    /** The parameters of the statement that lists what is held beyond the end. */
    public Map<String, Object> beyond(ActiveWalk walk) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", walk.start().run());
        parameters.put("scope", walk.order().scope());
        parameters.put("cursor", walk.lastKey());
        parameters.put("most", walk.source().lookUpSize());
        return parameters;
    }

    /**
     * Judges by what is known here.
     *
     * @param held row of that statement: read_before, is_gone_on, beyond, ids
     * @return what has to be asked for to know more; null if nothing has to
     */
    public LookUp judge(ActiveWalk walk, Map<String, Object> held) throws JsonProcessingException {
        long before = ((Number) held.get("read_before")).longValue();
        long beyond = ((Number) held.get("beyond")).longValue();
        Totals.Verdict verdict = walk.verdict(before, (boolean) held.get("is_gone_on"));
        if (verdict == Totals.Verdict.MORE_ANNOUNCED) {
            doubt(
                    walk,
                    "%d records came, and the API announced %d"
                            .formatted(
                                    before + walk.totals().records(),
                                    walk.totals().highest()));
        } else if (verdict == Totals.Verdict.ALL_CAME || beyond == 0) {
            walk.trustEnd();
        } else if (walk.lastKey() == null) {
            doubt(
                    walk,
                    "nothing was returned against which a look-up of the %d datasets held could be checked"
                            .formatted(beyond));
        } else {
            return new LookUp(JSON.readValue((String) held.get("ids"), IDS), walk.lastKey());
        }
        return null;
    }

    public HttpCall call(ActiveWalk walk, LookUp lookUp) {
        return walk.call(lookUp);
    }

    /** @throws PermanentFailure if the answer proves nothing */
    public void judgeFound(ActiveWalk walk, LookUp lookUp, HttpAnswer answer) {
        Set<String> absent = lookUp.absent(answer.content(RecordPage.class));
        List<String> found =
                lookUp.keys().stream().filter(id -> !absent.contains(id)).toList();
        if (found.isEmpty()) {
            walk.trustEnd();
        } else {
            doubt(
                    walk,
                    "of %d datasets held beyond it, %d are still there, %s among them"
                            .formatted(lookUp.keys().size(), found.size(), found.get(0)));
        }
    }

    public void unproven(ActiveWalk walk, Exception cause) {
        doubt(
                walk,
                "it could not be verified whether the datasets held beyond it are gone: "
                        + FailureText.of(cause, walk.reads()));
    }

    /** @param reason without a full stop */
    private static void doubt(ActiveWalk walk, String reason) {
        String place = walk.lastKey() == null ? "here" : "at " + walk.lastKey();
        walk.doubtEnd("The catalogue may not end %s, where the API sent two empty pages: %s."
                        .formatted(place, reason.replaceFirst("[.\\s]+$", ""))
                + " The run is partial, nothing was retired, and the next crawl asks again.");
    }
}
