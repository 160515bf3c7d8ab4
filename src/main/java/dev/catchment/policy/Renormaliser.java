package dev.catchment.policy;

import dev.catchment.flow.RunStart;
import dev.catchment.policy.diff.Diff;
import dev.catchment.policy.judge.Judge;
import dev.catchment.policy.page.Expected;
import dev.catchment.policy.page.Fetched;
import dev.catchment.policy.page.Unreadable;
import dev.catchment.policy.page.Verdict;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Makes the text of a version anew, from the very bytes it was made of, so that like is compared with like. */
public final class Renormaliser {
    private final Judge judge;

    public Renormaliser(Judge judge) {
        this.judge = judge;
    }

    /** @param version row of {@code policy/find-version} */
    public Renormalised of(ClaimedPage check, RunStart start, Map<String, Object> version) {
        Map<String, String> headers = new HashMap<>();
        ClaimedPage.json(version.get("headers").toString())
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        Fetched kept = new Fetched(
                URI.create((String) version.get("url")),
                URI.create((String) version.get("final_url")),
                200,
                headers,
                (byte[]) version.get("body"));
        // Measured against nothing: a rule that leaves more out may make a text as short as it likes.
        Verdict verdict = judge.judge(kept, new Expected(check.type(), check.rules(), 0), Instant.now());
        if (!verdict.hasText()) {
            return new Renormalised(check, start.run(), null, verdict.words(), null);
        }
        try {
            Diff diff = judge.reader()
                    .diff((String) version.get("raw_text"), verdict.text().text());
            return new Renormalised(check, start.run(), verdict.text(), null, diff);
        } catch (Unreadable e) {
            return new Renormalised(check, start.run(), null, e.getMessage(), null);
        }
    }
}
