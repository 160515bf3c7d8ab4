package dev.catchment.catalog;

import dev.catchment.errors.Cause;
import dev.catchment.errors.FatalFailure;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TransientFailure;
import dev.catchment.http.HttpAnswer;
import dev.catchment.http.HttpCall;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One crawl under way. The walking thread asks for pages one after the other; the writers commit them side by side. Two
 * pages are on their way at the most, so that memory is bounded and a killed crawl fetches at most two of them again.
 */
public final class Crawl {
    private static final int PAGES_IN_FLIGHT = 2;
    private static final int SMALLEST_PAGE = 100;

    private final CrawlOrder order;
    private final CrawlStart start;
    private final Upstream upstream;
    private final AgencySpellings spellings;
    private final Walk walk;
    private final Tally tally = new Tally();
    private final Set<String> dryRunIds = ConcurrentHashMap.newKeySet();
    private final PagesUnderWay pages = new PagesUnderWay(PAGES_IN_FLIGHT);
    private final CountDownLatch stop = new CountDownLatch(1);
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private int pageSize;
    private long fetched;
    private boolean askedWithToken;
    private volatile String note;

    Crawl(CrawlOrder order, CrawlStart start, Upstream upstream, AgencySpellings spellings, int pageSize) {
        this.spellings = spellings;
        this.order = order;
        this.start = start;
        this.upstream = upstream;
        this.walk = order.since() == null ? new ScrollWalk(start.cursor()) : new SinceWalk(order.since());
        this.pageSize = pageSize;
    }

    public CrawlOrder order() {
        return order;
    }

    public CrawlStart start() {
        return start;
    }

    AgencySpellings spellings() {
        return spellings;
    }

    public Tally tally() {
        return tally;
    }

    public boolean hasMore() {
        return !isStopping()
                && failure.get() == null
                && !walk.isAtEnd()
                && (order.limit() == 0 || fetched < order.limit());
    }

    /** The request for the next page, as soon as the first of the two pages under way has been committed. */
    public HttpCall nextCall() throws InterruptedException {
        pages.begin();
        askedWithToken = upstream.token().isInUse(); // the crawl of the other region may drop it meanwhile
        int size = order.limit() == 0 ? pageSize : (int) Math.min(pageSize, order.limit() - fetched);
        return upstream.call(walk.query(size), stop);
    }

    /** Takes in what came: from here on its place is held until {@link #written} or {@link #failed}. */
    @SuppressWarnings("unchecked")
    public FetchedPage take(HttpAnswer answer) {
        List<RawRecord> records = (List<RawRecord>) answer.content();
        walk.take(records);
        fetched += records.size();
        return new FetchedPage(answer, pages.last(), records);
    }

    /** A page could not be had: gives its place back. */
    public void notFetched() {
        pages.withdraw();
    }

    /** Asks for certain ids, outside of the walk. */
    HttpCall lookUp(String query) {
        return upstream.call(query, stop);
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

    /** A page is committed. @param rows of its statement: one, with the counts */
    public void written(List<Map<String, Object>> rows, FetchedPage page) {
        if (rows.isEmpty()) {
            throw new FatalFailure("The run is not running any more in ops.runs: another process took it for dead.");
        }
        tally.addAll(rows.get(0));
        tally.add("pages", 1);
        pages.end(page.sequence());
    }

    /** A page that was fetched could not be committed. */
    public void notWritten(Throwable cause, FetchedPage page) {
        failure.compareAndSet(null, Cause.of(cause)); // a stop is no excuse: the page was fetched and is lost
        pages.end(page.sequence());
    }

    /** Waits until nothing is under way any more. */
    public void awaitWritten() {
        pages.awaitNone();
    }

    public void fail(Throwable cause) {
        Throwable known = cause == null ? new FatalFailure("The crawl failed for an unknown reason.") : Cause.of(cause);
        if (!isStopping()) {
            failure.compareAndSet(null, known);
        }
    }

    /** Ends it after the pages under way; the next crawl goes on from there. */
    public void stop() {
        stop.countDown();
    }

    public boolean isStopping() {
        return stop.getCount() == 0;
    }

    /** Whether it has seen all of its scope and nothing was lost on the way. */
    public boolean isComplete() {
        return walk.isAtEnd() && failure.get() == null && order.isWhole() && !order.directory();
    }

    public void note(String text) {
        note = note == null ? text : note + " " + text;
    }

    /** How it ended, for the ledger. */
    public CrawlEnd end() {
        Throwable cause = failure.get();
        boolean stopped = isStopping() && !walk.isAtEnd();
        String status = cause != null ? "failed" : stopped ? "stopped" : "succeeded";
        if (walk.note() != null) {
            note(walk.note());
        }
        return new CrawlEnd(this, status, isComplete() && !stopped, cause, note);
    }

    String cursor() {
        return walk.cursor();
    }
}
