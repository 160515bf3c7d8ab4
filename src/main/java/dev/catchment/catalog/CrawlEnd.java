package dev.catchment.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.catalog.walk.LookUp;
import dev.catchment.catalog.walk.ResultPage;
import dev.catchment.catalog.walk.Totals;
import dev.catchment.errors.FailureText;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.http.HttpAnswer;
import dev.catchment.http.HttpCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges whether a crawl that came to an empty page came to the end of the catalogue. The total that the pages announced
 * decides where it can; else what is held beyond the last id that came, asked for by id. What speaks against the end, and
 * a look-up that proves nothing, makes the run a partial one.
 */
public final class CrawlEnd {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<String>> IDS = new TypeReference<>() {};

    /** The parameters of {@code catalog/list-datasets-beyond}. */
    public Map<String, Object> beyond(Crawl crawl) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", crawl.start().run());
        parameters.put("region", crawl.order().region());
        parameters.put("cursor", crawl.lastId());
        parameters.put("most", LookUp.MOST);
        return parameters;
    }

    /**
     * Judges by what is known here.
     *
     * @param held row of {@code catalog/list-datasets-beyond}
     * @return what has to be asked for to know more; null if nothing has to
     */
    public LookUp judge(Crawl crawl, Map<String, Object> held) throws JsonProcessingException {
        long before = ((Number) held.get("read_before")).longValue();
        long beyond = ((Number) held.get("beyond")).longValue();
        Totals.Verdict verdict = crawl.verdict(before, (boolean) held.get("is_gone_on"));
        if (verdict == Totals.Verdict.MORE_ANNOUNCED) {
            crawl.doubtEnd("%d records came, and the API announced %d"
                    .formatted(before + crawl.totals().records(), crawl.totals().highest()));
        } else if (verdict == Totals.Verdict.ALL_CAME || beyond == 0) {
            crawl.trustEnd();
        } else if (crawl.lastId() == null) {
            crawl.doubtEnd("nothing was returned against which a look-up of the %d datasets held could be checked"
                    .formatted(beyond));
        } else {
            return new LookUp(JSON.readValue((String) held.get("ids"), IDS), crawl.lastId());
        }
        return null;
    }

    public HttpCall call(Crawl crawl, LookUp lookUp) {
        return crawl.lookUp(lookUp.query());
    }

    /** @throws PermanentFailure if the answer proves nothing */
    public void judgeFound(Crawl crawl, LookUp lookUp, HttpAnswer answer) {
        Set<String> absent = lookUp.absent(answer.content(ResultPage.class));
        List<String> found =
                lookUp.ids().stream().filter(id -> !absent.contains(id)).toList();
        if (found.isEmpty()) {
            crawl.trustEnd();
        } else {
            crawl.doubtEnd("of %d datasets held beyond it, %d are still there, %s among them"
                    .formatted(lookUp.ids().size(), found.size(), found.get(0)));
        }
    }

    public void unproven(Crawl crawl, Exception cause) {
        crawl.doubtEnd("it could not be verified whether the datasets held beyond it are gone: "
                + FailureText.of(cause, "catalog." + crawl.order().region() + ".url"));
    }
}
