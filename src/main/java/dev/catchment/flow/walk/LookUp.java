package dev.catchment.flow.walk;

import dev.catchment.errors.PermanentFailure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Asks for records by their keys: what of them does the source not return? It asks for one more key, the control, which the
 * walk did see: an answer without it, or with a record that was not asked for, answers another question.
 */
record LookUp(List<String> keys, String control) {
    List<String> asked() {
        List<String> asked = new ArrayList<>(List.of(control));
        asked.addAll(keys);
        return asked;
    }

    /**
     * The keys that the source does not return.
     *
     * @throws PermanentFailure if the answer proves nothing
     */
    Set<String> absent(RecordPage answer) {
        List<String> found = answer.records().stream().map(RawRecord::key).toList();
        if (!found.contains(control)) {
            throw new PermanentFailure(
                    "a look-up by id did not return %s, which the crawl had seen".formatted(control));
        }
        for (String id : found) {
            if (!keys.contains(id) && !control.equals(id)) {
                throw new PermanentFailure("a look-up by id returned %s, which it did not ask for".formatted(id));
            }
        }
        Set<String> absent = new LinkedHashSet<>(keys);
        found.forEach(absent::remove);
        return absent;
    }
}
