package dev.catchment.flow.walk;

import dev.catchment.errors.Cause;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TransientFailure;
import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.RunEnd;
import dev.catchment.flow.RunStart;
import dev.catchment.http.HttpAnswer;
import dev.catchment.http.HttpCall;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One walk under way. The walking thread asks for pages one after the other; the writers commit them side by side. Two
 * pages are on their way at the most, so that memory is bounded and a killed walk fetches at most two of them again.
 */
public final class ActiveWalk extends ActiveRun {
    private static final Logger LOG = LoggerFactory.getLogger(ActiveWalk.class);
    private static final int PAGES_IN_FLIGHT = 2;
    private static final int EMPTY_PAGES_AT_THE_END = 2;
    private static final int MOST_SKIPS_IN_A_ROW = 3;
    /** Of pages as large as this, one is on its way: it is there several times while it is read and written. */
    private static final long LARGE = Runtime.getRuntime().maxMemory() / 32;
    /** So many good pages show that a bad spot is passed. */
    private static final int GROWS_AFTER = 10;

    private final WalkOrder order;
    private final WalkSource source;
    private final RecordJudge judge;
    private final Walk walk;
    private final Totals totals;
    private final Set<String> dryRunKeys = ConcurrentHashMap.newKeySet();
    private final int fullSize;
    private int pageSize;
    private int asked;
    private int shrunk;
    private int usual;
    private int sinceShrunk;
    private int skippedInARow;
    private boolean hasRead;
    private int emptyPages;
    private boolean isEndJudged;
    private volatile String doubt;
    private boolean askedWithToken;
    private boolean isLarge;

    /**
     * Begins a walk.
     *
     * @param judge of its records
     * @param pageSize records of a page, to begin with
     */
    public ActiveWalk(WalkOrder order, RunStart start, WalkSource source, RecordJudge judge, int pageSize) {
        this(
                order,
                start,
                source,
                order.since() == null ? new ScrollWalk(source, start.cursor()) : new SinceWalk(source, order.since()),
                judge,
                pageSize);
    }

    /** @param walk the way through its pages */
    public ActiveWalk(WalkOrder order, RunStart start, WalkSource source, Walk walk, RecordJudge judge, int pageSize) {
        super(start, PAGES_IN_FLIGHT);
        this.order = order;
        this.source = source;
        this.judge = judge;
        Long clamp = source.kind().totalClamped();
        this.totals = new Totals(clamp == null ? Long.MAX_VALUE : clamp);
        this.walk = walk;
        this.pageSize = pageSize;
        this.fullSize = pageSize;
    }

    public WalkOrder order() {
        return order;
    }

    public WalkSource source() {
        return source;
    }

    public Walk walk() {
        return walk;
    }

    RecordOutcome judge(RawRecord raw, long place) {
        return judge.outcome(raw, place);
    }

    public boolean hasMore() {
        boolean isEnough = isEndJudged || walk.isAtEnd() || order.limit() > 0 && totals.records() >= order.limit();
        return !isStopping() && !isFailed() && !isEnough && !isOver();
    }

    /**
     * The request for the next page. After an empty page the same is asked for once more, for fewer records: what stands
     * in between may have kept the first answer.
     */
    public HttpCall nextCall() {
        askedWithToken = source.token().isInUse(); // the walk of another scope may drop it meanwhile
        int most = emptyPages == 0 || !walk.asksAgain() ? pageSize : Math.max(1, pageSize / 2);
        int size = order.limit() == 0 ? most : (int) Math.min(most, order.limit() - totals.records());
        asked = Math.min(size, walk.most());
        String url = walk.next(asked);
        HttpCall call = walk.spool() == null
                ? source.call(url, walk.reader(source.reader()), stopSignal())
                : source.call(url, walk.spool(), stopSignal());
        return call.of(start().run());
    }

    /** Whether the next page has to be asked for: what is held may hold it already. */
    public boolean asks() {
        return !walk.holdsMore();
    }

    /** The next page of what is held. */
    public HttpAnswer readOn() {
        return walk.readOn(pageSize);
    }

    /** Takes in what came. */
    public FetchedPage take(HttpAnswer answer) {
        isLarge = walk.spool() == null && answer.bytes() > LARGE;
        HttpAnswer cut = walk.open(answer, pageSize);
        RecordPage came = cut.content(RecordPage.class);
        if (walk.isNextInHeader()) {
            came = came.leadingTo(NextLink.inHeader(answer.headers().get("link")));
        }
        long rows = walk.rows();
        RecordPage page = walk.take(came);
        totals.take(came);
        grow();
        emptyPages = came.records().isEmpty() ? emptyPages + 1 : 0;
        // A bad key is no place to resume from, and may hold what jsonb refuses.
        List<String> keys = page.records().stream()
                .map(RawRecord::key)
                .filter(source::isKey)
                .toList();
        return new FetchedPage(cut, place(), page.records(), keys, walk.cursorAfter(keys), rows);
    }

    /** Whether it came to what looks like the end of the source, and has yet to be judged. */
    public boolean isEndOpen() {
        boolean isThere = walk.knowsItsEnd() ? walk.isAtEnd() : isOver();
        return isThere && !isEndJudged && !isFailed() && !isStopping();
    }

    private boolean isOver() {
        return !walk.knowsItsEnd() && emptyPages >= EMPTY_PAGES_AT_THE_END;
    }

    String lastKey() {
        return walk.lastKey();
    }

    Totals totals() {
        return totals;
    }

    /**
     * What the totals say of the end.
     *
     * @param before records of the runs that this one goes on with
     * @param isGoneOn whether it goes on with any that lacked nothing so far
     */
    Totals.Verdict verdict(long before, boolean isGoneOn) {
        // After a cursor that somebody chose comes a part of what is announced.
        return order.cursor() == null ? totals.verdict(before, isGoneOn) : Totals.Verdict.SAYS_NOTHING;
    }

    /** The source ends here. */
    public void trustEnd() {
        isEndJudged = true;
    }

    /** It is not proven that the source ends here. @param why for the operator, in whole sentences */
    public void doubtEnd(String why) {
        if (isStopping()) {
            return; // what was asked was not waited for: it ends as stopped
        }
        isEndJudged = true;
        doubt = why;
        warn(why);
    }

    /** Why it cannot be taken for complete; for one that can, null. */
    public String whyIncomplete() {
        if (isProven()) {
            return null;
        }
        if (isFailed()) {
            return "it failed";
        }
        return doubt != null
                ? doubt
                : isStopping()
                        ? "it was stopped"
                        : order.asksForAll() ? "its end was not reached" : "it asked for a part";
    }

    /** How often its pages were made smaller. */
    public int shrunk() {
        return shrunk;
    }

    /** What it did not dare to do although it did not fail: noted on its run, and logged at once, for it is not normal. */
    public void warn(String sentence) {
        LOG.warn("{} scope={}", sentence, start().scope());
        note(sentence);
    }

    /** Asks for certain records, outside of the walk. */
    HttpCall call(LookUp lookUp) {
        return source.call(lookUp.asked(), stopSignal());
    }

    /** Asks for one record, or for a page about it, whatever comes back. */
    public HttpCall ask(String url) {
        return source.call(url, body -> body, stopSignal());
    }

    /** A dry run keeps the keys it saw: it has no sightings in the database to look at afterwards. */
    void sawInDryRun(Set<String> keys) {
        if (order.dryRun()) {
            dryRunKeys.addAll(keys);
        }
    }

    Set<String> dryRunKeys() {
        return dryRunKeys;
    }

    /** After a bad spot pages become as large again as they were. */
    private void grow() {
        hasRead = true;
        skippedInARow = 0;
        usual = Math.max(usual, pageSize);
        sinceShrunk++;
        if (pageSize < usual && sinceShrunk >= GROWS_AFTER) {
            pageSize = Math.min(usual, pageSize * 2);
            sinceShrunk = 0;
        }
    }

    /**
     * Whether it makes sense to ask for something else: for fewer records, after a time-out, a server error, a page that
     * broke off, or one that is too large; or for those behind a record that breaks even a page of its own.
     */
    public boolean canHalve(Throwable cause) {
        boolean busy = cause instanceof TransientFailure failed && failed.status() == 429;
        boolean unreachable = cause instanceof ConnectException || cause instanceof UnknownHostException;
        boolean isWhole = walk.spool() != null;
        return (pageSize > smallest() || canSkip()) && !isWhole && !busy && !unreachable && !isStopping();
    }

    /** A source that answered is asked for record by record; one that never did is given up before. */
    private int smallest() {
        if (source.kind().page().isSizeFixed()) {
            return pageSize;
        }
        return hasRead && walk.canSkip() ? 1 : source.kind().page().smallest();
    }

    private boolean canSkip() {
        return walk.canSkip() && skippedInARow < (hasRead ? MOST_SKIPS_IN_A_ROW : 1);
    }

    public int halve() {
        sinceShrunk = 0;
        if (pageSize > smallest()) {
            pageSize = Math.max(smallest(), pageSize / 2);
            shrunk++;
        } else {
            int rows = walk.skip();
            skippedInARow++;
            pageSize = usual == 0 ? fullSize : usual;
            LOG.warn("{} rows cannot be had and are left out. scope={}", rows, start().scope());
        }
        return pageSize;
    }

    /** Whether the source refused, or cannot answer, a question that it was asked to find out whether its filter filters. */
    public boolean isFilterRefused(Throwable failure) {
        Throwable cause = Cause.of(failure);
        boolean isRefused = cause instanceof PermanentFailure refused && refused.status() >= 400;
        boolean isBroken = cause instanceof TransientFailure broken && broken.status() >= 500;
        return walk.isProbing() && (isRefused || isBroken) && !isStopping();
    }

    public void leaveFilter() {
        walk.leaveFilter();
    }

    /** Whether the source refused the token, which can be dropped. Never throws: it decides in a doCatch. */
    public boolean isTokenRefused(Throwable failure) {
        return askedWithToken
                && source.dropsToken()
                && Cause.of(failure) instanceof PermanentFailure refused
                && refused.status() == 403;
    }

    public void dropToken() {
        source.token().drop();
    }

    @Override
    protected boolean isAtEnd() {
        return walk.isAtEnd() || isEndJudged;
    }

    @Override
    protected boolean waitsForOthers() {
        return isLarge;
    }

    @Override
    protected boolean isPartial() {
        return doubt != null;
    }

    /** Whether it saw all that was asked for, be that a part of each record only. */
    public boolean isProven() {
        return isEndJudged && doubt == null && !isFailed() && order.asksForAll();
    }

    @Override
    public boolean isComplete() {
        return isProven() && order.part() == null;
    }

    @Override
    public RunEnd end() {
        if (walk.note() != null) {
            note(walk.note());
        }
        return super.end();
    }

    @Override
    public void close() {
        walk.close();
    }

    @Override
    protected String reads() {
        return source.name();
    }

    @Override
    protected String cursor() {
        return walk.cursor();
    }
}
