package dev.catchment.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.policy.page.Fetched;
import dev.catchment.policy.page.PageText;
import dev.catchment.policy.visit.PageVisit;
import dev.catchment.text.Sha256;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What came of checks, as statements take it. */
public final class CheckParameters {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The parameters of {@code policy/merge-check}. */
    public Map<String, Object> of(Watch watch, ClaimedPage check, Decision decision) throws JsonProcessingException {
        Map<String, Object> found = new HashMap<>();
        found.put("source", check.source());
        found.put("worker", check.worker());
        found.put("updated_at", check.moment("updated_at").toString());
        found.put("run", watch.start().run());
        found.put("alarm_after", watch.alarmAfter());
        found.put("old_version", check.text("version_id"));
        found.put("url", check.text("url"));
        addDecision(found, decision);
        if (decision.visit() != null) {
            addVisit(found, decision.visit());
        }
        if (decision.text() != null) {
            addText(found, decision.text(), check.normaliser());
        }
        return parameters(JSON.writeValueAsString(found), decision.body());
    }

    /** The parameters of {@code policy/list-answering-sources}. */
    public Map<String, Object> witnesses(PageVisit visit) {
        return Map.of("host", visit.host(), "most", 5);
    }

    private static Map<String, Object> parameters(String found, byte[] body) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("found", found);
        parameters.put("body", body);
        return parameters;
    }

    private static void addDecision(Map<String, Object> found, Decision decision) {
        found.put("fetched_at", decision.now().toString());
        found.put("next_check_at", decision.next().toString());
        found.put("outcome", decision.outcome().code());
        found.put("cause", decision.cause());
        found.put("message", decision.message());
        found.put("diff", decision.diff());
        found.put("snapshot", decision.body() == null ? null : Sha256.of(decision.body()));
        if (decision.doubt() != null) {
            found.put("reason", decision.doubt().reason());
            found.put("confirm_at", decision.doubt().confirmAt().toString());
        }
    }

    private static void addVisit(Map<String, Object> found, PageVisit visit) {
        Fetched fetched = visit.fetched();
        found.put("final_url", end(visit).toString());
        found.put("moved_to", visit.movedTo() == null ? null : visit.movedTo().toString());
        found.put(
                "redirects",
                visit.redirects().stream().map(CheckParameters::step).toList());
        found.put("milliseconds", visit.milliseconds());
        found.put("status", fetched == null ? null : fetched.status());
        found.put("headers", fetched == null ? Map.of() : fetched.headers());
        if (fetched != null && !fetched.isRedirected()) {
            // The server's own, of the very address they are sent back to; kept for the text of the latest version
            // alone.
            found.put("etag", fetched.header("etag").orElse(null));
            found.put("last_modified", fetched.header("last-modified").orElse(null));
        }
    }

    private static Map<String, Object> step(PageVisit.Redirect redirect) {
        return Map.of("status", redirect.status(), "to", redirect.location().toString());
    }

    private static URI end(PageVisit visit) {
        List<PageVisit.Redirect> steps = visit.redirects();
        return visit.fetched() != null
                ? visit.fetched().answered()
                : steps.isEmpty()
                        ? visit.requested()
                        : steps.get(steps.size() - 1).location();
    }

    private static void addText(Map<String, Object> found, PageText text, String normaliser) {
        found.put("content", text.text());
        found.put("content_hash", text.hash());
        found.put("links", text.links());
        found.put("links_hash", text.linksHash());
        found.put("normaliser", normaliser);
    }

    /** The parameters of {@code policy/merge-renormalised}. */
    public Map<String, Object> of(Renormalised made) throws JsonProcessingException {
        Map<String, Object> row = new HashMap<>();
        row.put("source", made.check().source());
        row.put("worker", made.check().worker());
        row.put("run", made.run());
        row.put("old_version", made.check().text("version_id"));
        row.put("normaliser", made.check().normaliser());
        if (made.isOther()) {
            addText(row, made.text(), made.check().normaliser());
            row.put("diff", made.diff().unified());
        }
        return Map.of("made", JSON.writeValueAsString(row));
    }

    /** The parameters of {@code policy/find-version}. */
    public Map<String, Object> version(ClaimedPage check) {
        return Map.of("version", check.text("version_id"));
    }

    /** The parameters of {@code policy/update-released-check}. */
    public Map<String, Object> released(ClaimedPage check) {
        return Map.of("source", check.source(), "worker", check.worker());
    }

    /** The parameters of {@code policy/update-old-fetches}. @param milliseconds for which they are kept */
    public Map<String, Object> keeping(long milliseconds) {
        return Map.of("keep", milliseconds);
    }
}
