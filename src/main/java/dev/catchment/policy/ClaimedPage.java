package dev.catchment.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TransientFailure;
import dev.catchment.policy.page.Expected;
import dev.catchment.policy.page.FetchType;
import dev.catchment.policy.page.NormaliserVersion;
import dev.catchment.policy.page.Rules;
import dev.catchment.policy.visit.PageVisit;
import dev.catchment.postgres.rows.ServerClock;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One page that a worker has claimed, with what is known of it.
 */
public final class ClaimedPage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> row;
    private final String worker;
    private final JsonNode metadata;
    /** Null for a page that nobody claimed. */
    private final ServerClock clock;

    /** @param row of {@code policy/open-next-check} or {@code policy/list-renormalisable} */
    ClaimedPage(Map<String, Object> row, String worker) {
        this.row = new HashMap<>(row);
        this.worker = worker;
        this.metadata = json(text("metadata"));
        this.clock = row.get("claimed_at") == null ? null : new ServerClock((Date) row.get("claimed_at"));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("PostgreSQL returned invalid JSON.", e);
        }
    }

    String text(String column) {
        return row.get(column) == null ? null : row.get(column).toString();
    }

    int number(String column) {
        return row.get(column) == null ? 0 : ((Number) row.get(column)).intValue();
    }

    Instant moment(String column) {
        return row.get(column) == null ? null : ((Date) row.get(column)).toInstant();
    }

    Instant now() {
        return clock.now();
    }

    public String source() {
        return text("source_id");
    }

    public String name() {
        return text("name");
    }

    public String worker() {
        return worker;
    }

    JsonNode metadata() {
        return metadata;
    }

    FetchType type() {
        return text("fetch_type").equals("pdf") ? FetchType.PDF : FetchType.HTML;
    }

    /** @throws PermanentFailure if they cannot be used */
    Rules rules() {
        return Rules.of(metadata);
    }

    /** What its text is made with now. */
    String normaliser() {
        return NormaliserVersion.of(type(), rules());
    }

    /** Whether its last text was made otherwise than a text would be now: it is made anew before they are compared. */
    public boolean isOutdated() {
        return hasVersion() && !normaliser().equals(text("normaliser_version"));
    }

    boolean hasVersion() {
        return row.get("version_id") != null;
    }

    Expected expected() {
        return new Expected(type(), rules(), number("content_length"));
    }

    /** Whether it said this before, not long ago. */
    boolean saidLately(String hash) {
        String hashes = text("recent_hashes");
        return hashes != null && hashes.contains('"' + hash + '"');
    }

    /** The visit to be made: asks only for what is newer than the last version, unless a change is to be confirmed. */
    public PageVisit visit() {
        Map<String, String> validators = new LinkedHashMap<>();
        if (hasVersion() && row.get("candidate_hash") == null && !isOutdated()) {
            put(validators, "If-None-Match", "etag");
            put(validators, "If-Modified-Since", "last_modified");
        }
        return new PageVisit(url(), validators, worker);
    }

    private URI url() {
        try {
            return new URI(text("url"));
        } catch (URISyntaxException e) {
            throw new PermanentFailure("url cannot be read: " + e.getMessage());
        }
    }

    private void put(Map<String, String> validators, String header, String column) {
        if (row.get(column) != null) {
            validators.put(header, text(column));
        }
    }

    /**
     * Its last text was made anew; where that was not possible, it is compared as it is.
     *
     * @param row of {@code policy/merge-renormalised}; empty if nothing was written
     */
    void renormalised(Renormalised made, Map<String, Object> row) {
        if (!made.isReadable()) {
            return;
        }
        if (row == null) {
            throw new TransientFailure("The page was claimed by another worker meanwhile.");
        }
        if (row.get("version") != null) {
            this.row.put("version_id", row.get("version"));
        }
        this.row.put("content_hash", made.text().hash());
        this.row.put("content_length", made.text().text().length());
        this.row.put("normaliser_version", normaliser());
        this.row.put("candidate_hash", null);
    }
}
