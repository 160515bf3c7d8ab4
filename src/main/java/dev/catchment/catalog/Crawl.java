package dev.catchment.catalog;

import dev.catchment.catalog.walk.DiscoveryApi;
import dev.catchment.catalog.walk.FetchedPage;
import dev.catchment.catalog.walk.ResultPage;
import dev.catchment.catalog.walk.ScrollWalk;
import dev.catchment.catalog.walk.SinceWalk;
import dev.catchment.catalog.walk.Totals;
import dev.catchment.catalog.walk.Walk;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One crawl under way. The walking thread asks for pages one after the other; the writers commit them side by side. Two
 * pages are on their way at the most, so that memory is bounded and a killed crawl fetches at most two of them again.
 */
public final class Crawl extends ActiveRun {
    private static final int PAGES_IN_FLIGHT = 2;
    private static final int SMALLEST_PAGE = 100;
    private static final int EMPTY_PAGES_AT_THE_END = 2;

    private final CrawlOrder order;
    private final DiscoveryApi upstream;
    private final AgencySpellings spellings;
    private final Walk walk;
    private final Totals totals = new Totals();
    private final Set<String> dryRunIds = ConcurrentHashMap.newKeySet();
    private int pageSize;
    private int emptyPages;
    private boolean isEndJudged;
    private volatile String doubt;
    private boolean askedWithToken;

    Crawl(CrawlOrder order, RunStart start, DiscoveryApi upstream, AgencySpellings spellings, int pageSize) {
        super(start, PAGES_IN_FLIGHT);
        this.spellings = spellings;
        this.order = order;
        this.upstream = upstream;
        this.walk = order.since() == null ? new ScrollWalk(start.cursor()) : new SinceWalk(order.since());
        this.pageSize = pageSize;
    }

    public CrawlOrder order() {
        return order;
    }

    AgencySpellings spellings() {
        return spellings;
    }

    public boolean hasMore() {
        boolean isEnough = walk.isAtEnd() || order.limit() > 0 && totals.records() >= order.limit();
        return !isStopping() && !isFailed() && !isEnough && emptyPages < EMPTY_PAGES_AT_THE_END;
    }

    /**
     * The request for the next page. After an empty page the same is asked for once more, for fewer records: what stands
     * in between may have kept the first answer.
     */
    public HttpCall nextCall() {
        askedWithToken = upstream.token().isInUse(); // the crawl of the other region may drop it meanwhile
        int most = emptyPages == 0 ? pageSize : Math.max(1, pageSize / 2);
        int size = order.limit() == 0 ? most : (int) Math.min(most, order.limit() - totals.records());
        return upstream.call(walk.query(size), stopSignal());
    }

    /** Takes in what came. */
    public FetchedPage take(HttpAnswer answer) {
        ResultPage page = answer.content(ResultPage.class);
        walk.take(page.records());
        totals.take(page);
        emptyPages = page.records().isEmpty() ? emptyPages + 1 : 0;
        return new FetchedPage(answer, place(), page.records());
    }

    /** Whether it came to what looks like the end of the catalogue, and has yet to be judged. */
    public boolean isEndOpen() {
        return emptyPages == EMPTY_PAGES_AT_THE_END && !isEndJudged && !isFailed() && !isStopping();
    }

    String lastId() {
        return walk.lastId();
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

    /** The catalogue ends here. */
    void trustEnd() {
        isEndJudged = true;
    }

    /** It is not proven that the catalogue ends here. @param reason why not, without a full stop */
    void doubtEnd(String reason) {
        if (isStopping()) {
            return; // what was asked was not waited for: it ends as stopped
        }
        isEndJudged = true;
        doubt = reason;
        RetirementNote.note(
                this,
                "The catalogue may not end %s, where the API sent two empty pages: %s."
                                .formatted(
                                        walk.lastId() == null ? "here" : "at " + walk.lastId(),
                                        reason.replaceFirst("[.\\s]+$", ""))
                        + " The run is partial, nothing was retired, and the next crawl asks again.");
    }

    /** Asks for certain ids, outside of the walk. */
    HttpCall lookUp(String query) {
        return upstream.call(query, stopSignal());
    }

    /** A dry run keeps the ids it saw: it has no sightings in the database to look at afterwards. */
    void sawInDryRun(Set<String> ids) {
        if (order.dryRun()) {
            dryRunIds.addAll(ids);
        }
    }

    public Set<String> dryRunIds() {
        return dryRunIds;
    }

    /** Whether smaller pages may help: after a time-out, a server error or a page that broke off. */
    public boolean canHalve(Throwable cause) {
        boolean busy = cause instanceof TransientFailure failed && failed.status() == 429;
        boolean unreachable = cause instanceof ConnectException || cause instanceof UnknownHostException;
        return pageSize > SMALLEST_PAGE && !busy && !unreachable && !isStopping();
    }

    public int halve() {
        pageSize = Math.max(SMALLEST_PAGE, pageSize / 2);
        return pageSize;
    }

    /** Whether the API refused the application token, which can be dropped. Never throws: it decides in a doCatch. */
    public boolean isTokenRefused(Throwable failure) {
        return askedWithToken && Cause.of(failure) instanceof PermanentFailure refused && refused.status() == 403;
    }

    public void dropToken() {
        upstream.token().drop();
    }

    @Override
    protected boolean isAtEnd() {
        return walk.isAtEnd() || isEndJudged;
    }

    @Override
    protected boolean isPartial() {
        return doubt != null;
    }

    @Override
    public boolean isComplete() {
        return isEndJudged && doubt == null && !isFailed() && order.isWhole() && !order.directory();
    }

    @Override
    public RunEnd end() {
        if (walk.note() != null) {
            note(walk.note());
        }
        return super.end();
    }

    @Override
    protected String reads() {
        return "catalog." + order.region() + ".url";
    }

    @Override
    protected String cursor() {
        return walk.cursor();
    }
}
