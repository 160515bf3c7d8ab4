package dev.catchment.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.catalog.walk.LookUp;
import dev.catchment.catalog.walk.ResultPage;
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
 * Retires with proof. A dataset goes only if a crawl that saw all of its scope did not see it, if not too many go at
 * once, and if the API, asked for it by its id, does not return it either. Each look-up asks for one more id that the
 * crawl did see: an answer without it proves nothing.
 */
public final class Retirement {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BigDecimal maxPercent;
    private final Duration maxAge;

    /**
     * @param maxPercent share of what is held that may go at once, such as 10%
     * @param maxAge longest time from the first page to now, in milliseconds
     */
    public Retirement(String maxPercent, long maxAge) {
        this.maxPercent = new BigDecimal(maxPercent.replace("%", ""));
        this.maxAge = Duration.ofMillis(maxAge);
    }

    /** The parameters of the statements that count and list the candidates. */
    public Map<String, Object> scope(Crawl crawl) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", crawl.start().run());
        parameters.put("region", crawl.order().region());
        parameters.put("now", null);
        return parameters;
    }

    /**
     * Decides whether anything may be retired at all; what it decides against is noted on the crawl.
     *
     * @param counted row of {@code catalog/count-retire-candidates}
     */
    public boolean mayGoOn(Crawl crawl, Map<String, Object> counted) {
        long candidates = ((Number) counted.get("candidates")).longValue();
        long held = ((Number) counted.get("held")).longValue();
        String reason = null;
        if (candidates == 0) {
            return false;
        } else if (isTooMany(candidates, held)) {
            reason = "%d of %d held datasets are missing, more than catalog.retire.max-percent=%s%%"
                    .formatted(candidates, held, maxPercent);
        } else if (counted.get("control") == null) {
            reason = "the crawl saw none of the held datasets";
        } else if (moment(counted, "begun_at").plus(maxAge).isBefore(moment(counted, "now"))) {
            reason = "the crawl began at %s, longer ago than catalog.retire.max-age"
                    .formatted(moment(counted, "begun_at"));
        }
        if (reason != null) {
            RetirementNote.note(crawl, "Nothing was retired: " + reason + ".");
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

    /** Cuts the candidates into look-ups. @param rows of {@code catalog/list-retire-candidates} */
    public List<LookUp> lookUps(List<Map<String, Object>> rows, String control) {
        List<LookUp> lookUps = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += LookUp.MOST) {
            List<Map<String, Object>> part = rows.subList(from, Math.min(rows.size(), from + LookUp.MOST));
            lookUps.add(
                    new LookUp(part.stream().map(row -> (String) row.get("id")).toList(), control));
        }
        return lookUps;
    }

    public HttpCall call(Crawl crawl, LookUp lookUp) {
        return crawl.lookUp(lookUp.query());
    }

    /**
     * The parameters of {@code catalog/retire-absent-datasets}: the ids that the API does not return.
     *
     * @throws PermanentFailure if the answer proves nothing
     */
    public Map<String, Object> absent(Crawl crawl, LookUp lookUp, HttpAnswer answer) throws JsonProcessingException {
        Map<String, Object> parameters = scope(crawl);
        parameters.put("ids", JSON.writeValueAsString(lookUp.absent(answer.content(ResultPage.class))));
        return parameters;
    }

    /** A look-up failed: its candidates stay until a later crawl proves that they are gone. */
    public void unproven(Crawl crawl, LookUp lookUp, Exception cause) {
        String why = FailureText.of(cause, "catalog." + crawl.order().region() + ".url");
        RetirementNote.note(
                crawl,
                "%d candidates were not retired, for it could not be proven that they are gone: %s"
                        .formatted(lookUp.ids().size(), why));
    }

    /** The parameters of {@code catalog/list-unseen-datasets}. */
    public Map<String, Object> unseen(Crawl crawl) throws JsonProcessingException {
        return Map.of("region", crawl.order().region(), "ids", JSON.writeValueAsString(crawl.dryRunIds()));
    }

    /** Notes what a dry run would retire, as far as it can tell without asking. @param rows unseen, with held */
    public void foresee(Crawl crawl, List<Map<String, Object>> rows) {
        long held = rows.isEmpty() ? 0 : ((Number) rows.get(0).get("held")).longValue();
        if (isTooMany(rows.size(), held)) {
            RetirementNote.note(
                    crawl,
                    "Nothing would be retired: %d of %d held datasets are missing, more than catalog.retire.max-percent=%s%%."
                            .formatted(rows.size(), held, maxPercent));
        } else {
            crawl.tally().add("retired", rows.size());
        }
    }
}
