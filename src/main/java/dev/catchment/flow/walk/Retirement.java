package dev.catchment.flow.walk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.errors.FailureText;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.http.HttpAnswer;
import dev.catchment.http.HttpCall;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Retires with proof. What is held goes only if a walk that saw all of its scope did not see it, if not too many go at
 * once, and if the source, asked for it by its key, does not return it either. Each look-up asks for one more key that
 * the walk did see: an answer without it proves nothing.
 */
public final class Retirement {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String settings;
    private final BigDecimal maxPercent;
    private final Duration maxAge;

    /**
     * @param settings what the settings of the limits begin with
     * @param maxPercent share of what is held that may go at once, such as 10%
     * @param maxAge longest time from the first page to now, in milliseconds
     */
    public Retirement(String settings, String maxPercent, long maxAge) {
        this.settings = settings;
        this.maxPercent = new BigDecimal(maxPercent.replace("%", ""));
        this.maxAge = Duration.ofMillis(maxAge);
    }

    /** The parameters of the statements that count and list the candidates. */
    public Map<String, Object> scope(ActiveWalk walk) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", walk.start().run());
        parameters.put("scope", walk.order().scope());
        parameters.put("now", null);
        return parameters;
    }

    /**
     * Decides whether anything may be retired at all; what it decides against is noted on the walk.
     *
     * @param counted row of the statement that counts the candidates
     */
    public boolean mayGoOn(ActiveWalk walk, Map<String, Object> counted) {
        long candidates = ((Number) counted.get("candidates")).longValue();
        long held = ((Number) counted.get("held")).longValue();
        String reason = null;
        if (candidates == 0) {
            return false;
        } else if (isTooMany(candidates, held)) {
            reason = "%d of %d held datasets are missing, more than %s.max-percent=%s%%"
                    .formatted(candidates, held, settings, maxPercent);
        } else if (counted.get("control") == null) {
            reason = "the crawl saw none of the held datasets";
        } else if (moment(counted, "begun_at").plus(maxAge).isBefore(moment(counted, "now"))) {
            reason = "the crawl began at %s, longer ago than %s.max-age"
                    .formatted(moment(counted, "begun_at"), settings);
        }
        if (reason != null) {
            walk.warn("Nothing was retired: " + reason + ".");
        }
        return reason == null;
    }

    private static Instant moment(Map<String, Object> row, String column) {
        return ((java.util.Date) row.get(column)).toInstant();
    }

    private boolean isTooMany(long candidates, long held) {
        BigDecimal percent = BigDecimal.valueOf(candidates * 100);
        return percent.compareTo(maxPercent.multiply(BigDecimal.valueOf(held))) > 0;
    }

    /** Cuts the candidates into look-ups. @param rows of the statement that lists them: id */
    public List<LookUp> lookUps(ActiveWalk walk, List<Map<String, Object>> rows, String control) {
        int most = walk.source().lookUpSize();
        List<LookUp> lookUps = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += most) {
            List<Map<String, Object>> part = rows.subList(from, Math.min(rows.size(), from + most));
            lookUps.add(
                    new LookUp(part.stream().map(row -> (String) row.get("id")).toList(), control));
        }
        return lookUps;
    }

    public HttpCall call(ActiveWalk walk, LookUp lookUp) {
        return walk.call(lookUp);
    }

    /**
     * The parameters of the statement that retires: the keys that the source does not return.
     *
     * @throws PermanentFailure if the answer proves nothing
     */
    public Map<String, Object> absent(ActiveWalk walk, LookUp lookUp, HttpAnswer answer)
            throws JsonProcessingException {
        Map<String, Object> parameters = scope(walk);
        parameters.put("ids", JSON.writeValueAsString(lookUp.absent(answer.content(RecordPage.class))));
        return parameters;
    }

    /** A look-up failed: its candidates stay until a later walk proves that they are gone. */
    public void unproven(ActiveWalk walk, LookUp lookUp, Exception cause) {
        String why = FailureText.of(cause, walk.reads());
        walk.warn("%d candidates were not retired, for it could not be proven that they are gone: %s"
                .formatted(lookUp.keys().size(), why));
    }

    /** The parameters of the statement that lists what a dry run did not see. */
    public Map<String, Object> unseen(ActiveWalk walk) throws JsonProcessingException {
        return Map.of("scope", walk.order().scope(), "ids", JSON.writeValueAsString(walk.dryRunKeys()));
    }

    /** Notes what a dry run would retire, as far as it can tell without asking. @param rows unseen, with held */
    public void foresee(ActiveWalk walk, List<Map<String, Object>> rows) {
        long held = rows.isEmpty() ? 0 : ((Number) rows.get(0).get("held")).longValue();
        if (isTooMany(rows.size(), held)) {
            walk.warn("Nothing would be retired: %d of %d held datasets are missing, more than %s.max-percent=%s%%."
                    .formatted(rows.size(), held, settings, maxPercent));
        } else {
            walk.tally().add("retired", rows.size());
        }
    }
}
