package dev.catchment.policy.judge;

import dev.catchment.http.RetryAfter;
import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.Fetched;
import dev.catchment.policy.page.Verdict;
import java.time.Instant;
import java.util.Optional;

/** What the status of an answer says by itself. */
final class Statuses {
    private Statuses() {}

    /** @return empty for a status that brings a page */
    static Optional<Verdict> judge(Fetched page, Instant now) {
        FetchOutcome outcome = outcome(page.status());
        return outcome == FetchOutcome.OK
                ? Optional.empty()
                : Optional.of(new Verdict(
                        outcome,
                        outcome == FetchOutcome.UNCHANGED ? "" : "status=" + page.status(),
                        page.header("retry-after")
                                .map(wait -> RetryAfter.parse(wait, now))
                                .orElse(null),
                        null));
    }

    private static FetchOutcome outcome(int status) {
        return switch (status) {
            case 200, 203 -> FetchOutcome.OK;
            case 304 -> FetchOutcome.UNCHANGED;
            case 401, 407, 511 -> FetchOutcome.LOGIN_NEEDED;
            case 403, 406 -> FetchOutcome.FORBIDDEN;
            case 404 -> FetchOutcome.NOT_FOUND;
            case 410 -> FetchOutcome.GONE;
            case 451 -> FetchOutcome.LEGAL_BLOCK;
            case 429 -> FetchOutcome.TOO_MANY_REQUESTS;
            case 503 -> FetchOutcome.UNAVAILABLE;
            case 408, 425 -> FetchOutcome.SERVER_ERROR;
            default -> ofClass(status / 100);
        };
    }

    private static FetchOutcome ofClass(int hundreds) {
        return switch (hundreds) {
            case 3 -> FetchOutcome.MOVED;
            case 4 -> FetchOutcome.BAD_REQUEST;
            case 5 -> FetchOutcome.SERVER_ERROR;
            default -> FetchOutcome.ODD_STATUS;
        };
    }
}
