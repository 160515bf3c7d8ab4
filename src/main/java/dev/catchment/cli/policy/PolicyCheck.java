package dev.catchment.cli.policy;

import dev.catchment.policy.diff.Patch;
import dev.catchment.postgres.Database;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the database cannot check of the policies by itself: that each diff leads from the old text to the new one. */
public record PolicyCheck(Database database) {

    public List<Map<String, Object>> run() {
        List<Map<String, Object>> differences = new ArrayList<>(database.rows("policy/verify-policy", Map.of()));
        Map<String, Object> all = new HashMap<>();
        all.put("is_technical", true);
        // One change at a time: two texts and a diff may be large, and there may be many.
        database.eachRow("policy/list-changes", all, change -> {
            if (change.get("old_version") != null && !leadsOver(change)) {
                Map<String, Object> difference = new LinkedHashMap<>();
                difference.put("difference", "a diff does not turn the old text into the new one");
                difference.put("source", change.get("name"));
                difference.put("key", "version " + change.get("new_version"));
                difference.put("detail", "the change " + change.get("change_id"));
                differences.add(difference);
            }
        });
        return differences;
    }

    private boolean leadsOver(Map<String, Object> change) {
        Map<String, Object> pair = Map.of(
                "source", change.get("source_id").toString(),
                "old", change.get("old_version"),
                "new", change.get("new_version"));
        return database.rows("policy/find-diff", pair).stream()
                .anyMatch(row -> row.get("diff") != null && leadsOver(row, (String) row.get("diff")));
    }

    private static boolean leadsOver(Map<String, Object> pair, String diff) {
        try {
            return Patch.apply((String) pair.get("old_text"), diff).equals(pair.get("new_text"));
        } catch (IllegalArgumentException | IndexOutOfBoundsException brokenOff) {
            return false;
        }
    }
}
