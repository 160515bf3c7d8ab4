package dev.catchment.catalog.walk;

import dev.catchment.errors.PermanentFailure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks for datasets by their ids: what of them does the API not return? It asks for one more id, the control, which the
 * crawl did see: an answer without it, or with a record that was not asked for, answers another question.
 */
public record LookUp(List<String> ids, String control) {
    /** Ids of one look-up, beside its control. */
    public static final int MOST = 99;

    public String query() {
        return "ids=" + control + "," + String.join(",", ids) + "&limit=1000";
    }

    /**
     * The ids that the API does not return.
     *
     * @throws PermanentFailure if the answer proves nothing
     */
    public Set<String> absent(ResultPage answer) {
        List<String> found = answer.records().stream().map(RawRecord::id).toList();
        if (!found.contains(control)) {
            throw new PermanentFailure(
                    "a look-up by id did not return %s, which the crawl had seen".formatted(control));
        }
        for (String id : found) {
            if (!ids.contains(id) && !control.equals(id)) {
                throw new PermanentFailure("a look-up by id returned %s, which it did not ask for".formatted(id));
            }
        }
        Set<String> absent = new LinkedHashSet<>(ids);
        found.forEach(absent::remove);
        return absent;
    }
}
