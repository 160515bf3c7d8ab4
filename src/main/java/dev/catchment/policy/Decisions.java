package dev.catchment.policy;

import dev.catchment.errors.Cause;
import dev.catchment.errors.FailureText;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TransientFailure;
import dev.catchment.policy.diff.Resemblance;
import dev.catchment.policy.judge.Judge;
import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.FetchType;
import dev.catchment.policy.page.PageText;
import dev.catchment.policy.page.Unreadable;
import dev.catchment.policy.page.Verdict;
import dev.catchment.policy.text.HtmlEnd;
import dev.catchment.policy.visit.PageVisit;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Decides what a visit means for the page: a version, a candidate for one, nothing new, or a failure. */
public final class Decisions {
    private static final Logger LOG = LoggerFactory.getLogger(Decisions.class);

    /** For a source whose own times cannot be read. */
    private static final Duration A_DAY = Duration.ofDays(1);

    private static final String FIRST =
            "The first text of the page is short, as those of error pages are. A second fetch has to confirm it.";

    private final Judge judge;
    private final Confirmation confirmation;
    private final CheckTimes times;

    public Decisions(Judge judge, Confirmation confirmation, CheckTimes times) {
        this.judge = judge;
        this.confirmation = confirmation;
        this.times = times;
    }

    public Decision decide(ClaimedPage check, PageVisit visit) {
        Instant now = check.now();
        Verdict verdict =
                visit.failure() != null ? visit.failure() : judge.judge(visit.fetched(), check.expected(), now);
        if (verdict.outcome() == FetchOutcome.UNCHANGED) {
            return text(CheckOutcome.NOT_MODIFIED, check, visit, null, now);
        }
        if (!verdict.hasText()) {
            return failed(check, visit, verdict, now);
        }
        if (!check.hasVersion()) {
            Confirmation.Doubt doubt = confirmation.doubtOfFirst(check, verdict.text(), now);
            return doubt == null
                    ? text(CheckOutcome.BASELINE, check, visit, verdict.text(), now)
                    : doubted(doubt, FIRST, check, visit, verdict.text(), now);
        }
        return verdict.text().hash().equals(check.text("content_hash"))
                ? text(CheckOutcome.UNCHANGED, check, visit, verdict.text(), now)
                : Decision.ofOther(visit, verdict.text(), now);
    }

    private Decision text(CheckOutcome outcome, ClaimedPage check, PageVisit visit, PageText text, Instant now) {
        return text(outcome, check, visit, text, now, null);
    }

    private Decision text(
            CheckOutcome outcome, ClaimedPage check, PageVisit visit, PageText text, Instant now, String diff) {
        Instant next = times.afterText(check, null, now);
        return new Decision(outcome, null, null, visit, text, null, now, next, diff);
    }

    /**
     * The page says something else than in its last version: what that means shows beside it.
     *
     * @param version row of {@code policy/find-version}
     */
    public Decision compare(ClaimedPage check, Decision other, Map<String, Object> version) {
        byte[] before = (byte[]) version.get("body");
        byte[] now = other.visit().fetched().body();
        boolean isAnyRight = check.rules().minimumShare() == 0;
        if (check.type() == FetchType.HTML && !isAnyRight && HtmlEnd.isThere(before) && !HtmlEnd.isThere(now)) {
            Verdict cut = Verdict.of(FetchOutcome.CUT, "bytes=%d last=%d".formatted(now.length, before.length));
            return failed(check, other.visit(), cut, other.now());
        }
        return compare(check, other, (String) version.get("raw_text"));
    }

    private Decision compare(ClaimedPage check, Decision other, String last) {
        PageText text = other.text();
        Resemblance likeness = Resemblance.between(last, text.text());
        Confirmation.Doubt doubt = confirmation.doubt(check, text, likeness, other.now());
        if (doubt == null) {
            return changed(check, other, last);
        }
        return doubted(doubt, words(doubt, likeness), check, other.visit(), text, other.now());
    }

    private Decision doubted(
            Confirmation.Doubt doubt, String words, ClaimedPage check, PageVisit visit, PageText text, Instant now) {
        Instant next = times.afterText(check, doubt, now);
        return new Decision(doubt.outcome(), doubt.reason(), words, visit, text, doubt, now, next, null);
    }

    private Decision changed(ClaimedPage check, Decision other, String last) {
        try {
            String diff = judge.reader().diff(last, other.text().text()).unified();
            return text(CheckOutcome.CHANGED, check, other.visit(), other.text(), other.now(), diff);
        } catch (Unreadable e) {
            return failed(check, other.visit(), Verdict.of(e.outcome(), e.detail()), other.now());
        }
    }

    private static String words(Confirmation.Doubt doubt, Resemblance likeness) {
        String decide = "See 'catchment policy show --held'. It counts after 'catchment policy accept', or if it is "
                + "still there at %s.".formatted(doubt.confirmAt().truncatedTo(ChronoUnit.MINUTES));
        return switch (doubt.reason()) {
            case "foreign" ->
                "The text shares %d %% of its words with the last version: it may be another page in its place. %s"
                        .formatted(Math.round(likeness.kept() * 100), decide);
            case "language" -> "The text is in another language than the last version. " + decide;
            case "flapping" -> "The page has gone back to a recent text. It counts if it stays that way.";
            case "unsteady" ->
                "The text differs at each fetch. It counts if it stays the same; "
                        + "if what differs is not part of the policy, exclude it by rules.";
            default -> "The text has changed. A second fetch has to confirm it.";
        };
    }

    private Decision failed(ClaimedPage check, PageVisit visit, Verdict verdict, Instant now) {
        return new Decision(
                CheckOutcome.FAILED,
                verdict.outcome().code(),
                verdict.words(),
                visit,
                null,
                null,
                now,
                times.afterFailure(check, verdict, now),
                null);
    }

    /**
     * Something went wrong that no page should be able to cause: the source itself, or a fault of ours.
     *
     * @return null if the check was only broken off, because the process is to end
     */
    public Decision stumbled(Watch watch, ClaimedPage check, Throwable failure) {
        Throwable cause = Cause.of(failure);
        if (watch.isStopping() && cause instanceof TransientFailure) {
            return null;
        }
        boolean isSource = cause instanceof PermanentFailure;
        if (!isSource) {
            LOG.error("A check failed with an internal error. source=\"{}\"", check.name(), cause);
        }
        Verdict verdict = Verdict.of(
                isSource ? FetchOutcome.BAD_SOURCE : FetchOutcome.OWN_FAULT, FailureText.of(cause, "the address"));
        Instant now = check.now();
        Instant next = isSource ? now.plus(A_DAY) : times.afterFailure(check, verdict, now);
        return new Decision(
                CheckOutcome.FAILED, verdict.outcome().code(), verdict.words(), null, null, null, now, next, null);
    }
}
