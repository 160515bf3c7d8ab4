package dev.catchment.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A walk through the pages of a source, told by the statements alone: nothing is fetched. */
public final class HarvestWalk {
    public static final ObjectMapper JSON = new ObjectMapper();
    private static final String WORKER = "node:1/test-1";

    /** One record: its key, its JSON, and the moment of its change as the source says it; null if it does not. */
    public record Row(String key, String raw, String updatedAt) {
        public static Row of(String key, String raw) {
            return new Row(key, raw, null);
        }
    }

    private final long source;
    private final long run;
    private String now;
    private int sequence;
    private long place;

    private HarvestWalk(long source, long run, String now) {
        this.source = source;
        this.run = run;
        this.now = now;
    }

    /** A kind whose mapping is as given, with a declaration that says no more than what is noise. */
    public static void kind(String name, String mapping, String declaration) {
        one(
                "harvest/upsert-kind",
                Map.of("name", name, "hash", hash(mapping), "declaration", declaration, "mapping", mapping));
    }

    /** @return its id */
    public static long source(String name, String kind) {
        return TestDatabase.number(
                "insert into harvest.sources (name, kind, url, host) values (?, ?, 'https://' || ?, ?) returning id",
                name,
                kind,
                name,
                name);
    }

    /** A run over the source, which goes on with the last one if that did not come to its end. */
    public static HarvestWalk begin(long source, String now) {
        return begin(source, now, "full");
    }

    public static HarvestWalk begin(long source, String now, String mode) {
        return begin("walk", source, now, mode);
    }

    /** A run over the same source at the same time, which the lease of a scope does not allow: it is of another flow. */
    public HarvestWalk beside() {
        return begin("beside", source, now, "full");
    }

    /** The same run in another process, which writes what comes after so many pages. */
    public HarvestWalk elsewhere(int pages) {
        HarvestWalk there = new HarvestWalk(source, run, now);
        there.sequence = pages;
        return there;
    }

    private static HarvestWalk begin(String flow, long source, String now, String mode) {
        TestDatabase.rows("select ops.beat(array['" + WORKER + "'])::text");
        Map<String, Object> order = new HashMap<>(Map.of(
                "room", "harvest", "flow", flow, "trigger", "cli", "node", "node:1", "worker", WORKER, "now", now));
        order.put("scope", TestDatabase.text("select name from harvest.sources where id = ?", source));
        order.put("mode", mode);
        order.put("resume", mode.equals("full"));
        long run = (Long) one("ops/open-run", order).get("id");
        return new HarvestWalk(source, run, now);
    }

    public long run() {
        return run;
    }

    /** What is written next is written at another moment. */
    public HarvestWalk at(String moment) {
        now = moment;
        return this;
    }

    /** The rows that follow stand at this place of the walk and after it. */
    public HarvestWalk from(long first) {
        place = first - 1;
        return this;
    }

    /** @return the counts; null if the run is not running any more */
    public Map<String, Object> page(Row... rows) {
        return page(List.of(rows), "[]");
    }

    public Map<String, Object> page(List<Row> rows, String rejects) {
        return page("harvest/upsert-page", rows, rejects);
    }

    /** A page that is staged for a plan. */
    public Map<String, Object> planned(Object plan, Row... rows) {
        return page("harvest/upsert-planned-records", List.of(rows), "[]", "plan", plan);
    }

    private Map<String, Object> page(String statement, List<Row> rows, String rejects, Object... more) {
        sequence++;
        ArrayNode records = JSON.createArrayNode();
        ByteArrayOutputStream raws = new ByteArrayOutputStream();
        rows.forEach(row -> add(records, raws, row));
        ObjectNode request = JSON.createObjectNode()
                .put("sequence", sequence)
                .put("requested_at", now)
                .put("url", "https://example.org/" + sequence)
                .put("status", 200)
                .put("attempts", 1)
                .put("milliseconds", 1)
                .put("bytes", raws.size())
                .put("cursor_key", String.valueOf(sequence))
                .put("records", rows.size() + list(rejects).size());
        if (!rows.isEmpty()) {
            request.put("first_key", rows.get(0).key())
                    .put("last_key", rows.get(rows.size() - 1).key());
        }
        Map<String, Object> parameters = with(more);
        parameters.putAll(Map.of(
                "records", records.toString().getBytes(StandardCharsets.UTF_8),
                "raws", raws.toByteArray(),
                "rejects", rejects,
                "request", request.toString(),
                "skipped", 0L));
        return one(statement, parameters);
    }

    private void add(ArrayNode records, ByteArrayOutputStream raws, Row row) {
        byte[] raw = row.raw().getBytes(StandardCharsets.UTF_8);
        records.addObject()
                .put("key", row.key())
                .put("hash", hash(row.raw()))
                .put("updated_at", row.updatedAt())
                .put("place", ++place)
                .put("raw_from", raws.size() + 1)
                .put("raw_length", raw.length);
        raws.writeBytes(raw);
    }

    /** Joins, settles, retires what two complete walks did not see, and closes: as the end of a complete walk does. */
    public HarvestWalk end() {
        return end(true, 2);
    }

    public HarvestWalk end(boolean isComplete, int after) {
        Map<String, Object> counted = count();
        if (isComplete && (Long) counted.get("unseen") > 0) {
            all("harvest/join-datasets", with("rules", "{normal-key,platform-id,service-urls,title-issued}"));
        }
        settle(isComplete);
        if (isComplete) {
            one("harvest/count-retire-candidates", with("after", after));
            List<Map<String, Object>> gone = all("harvest/list-retire-candidates", with("after", after));
            ArrayNode keys = JSON.createArrayNode();
            gone.forEach(row -> keys.add((String) row.get("key")));
            one("harvest/retire-datasets", with("keys", keys.toString(), "reason", "gone"));
        }
        return close(isComplete, counted);
    }

    public void settle(boolean isComplete) {
        Map<String, Object> made;
        do {
            made = one("harvest/settle-datasets", with("is_complete", isComplete, "most", 5000));
        } while (made != null && (Long) made.get("settled") > 0);
    }

    public Map<String, Object> count() {
        return one("harvest/count-walk", with());
    }

    public HarvestWalk close(boolean isComplete, Map<String, Object> counted) {
        ObjectNode walk = JSON.createObjectNode()
                .put("rows", place)
                .put("keys", (Long) counted.get("keys"))
                .put("duplicates", (Long) counted.get("duplicates"))
                .put("conflicts", (Long) counted.get("conflicts"))
                .put("ended_by", isComplete ? "total" : null)
                .put("is_complete", isComplete)
                .put("reason", isComplete ? null : "the end was not reached");
        one("harvest/insert-walk", with("walk", walk.toString()));
        return close(isComplete ? "succeeded" : "partial", isComplete);
    }

    /** Closes the run and nothing else: as after a failure. */
    public HarvestWalk close(String status, boolean isComplete) {
        one(
                "ops/close-run",
                with("status", status, "complete", isComplete, "handed_over", false, "note", "n", "error", "e"));
        return this;
    }

    /** A statement for this run and source, which gives one row or none. */
    public Map<String, Object> one(String statement, Object... more) {
        return one(statement, with(more));
    }

    public List<Map<String, Object>> all(String statement, Object... more) {
        return all(statement, with(more));
    }

    private Map<String, Object> with(Object... more) {
        Map<String, Object> all = new HashMap<>(Map.of("run", run, "source", source, "now", now));
        for (int i = 0; i < more.length; i += 2) {
            all.put((String) more[i], more[i + 1]);
        }
        return all;
    }

    private static Map<String, Object> one(String statement, Map<String, Object> values) {
        List<Map<String, Object>> rows = all(statement, values);
        return rows.isEmpty() ? null : rows.get(0);
    }

    private static List<Map<String, Object>> all(String statement, Map<String, Object> values) {
        return new ArrayList<>(TestDatabase.get().rows(statement, values));
    }

    private static JsonNode list(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    public static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
