package dev.catchment.catalog;

import dev.catchment.errors.Cause;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TransientFailure;
import dev.catchment.flow.RunEnd;
import dev.catchment.flow.RunStart;
import dev.catchment.flow.UnderWay;
import dev.catchment.http.HttpAnswer;
import dev.catchment.http.HttpCall;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One crawl under way. The walking thread asks for pages one after the other; the writers commit them side by side. Two
 * pages are on their way at the most, so that memory is bounded and a killed crawl fetches at most two of them again.
 */
public final class Crawl extends UnderWay {
    private static final int PAGES_IN_FLIGHT = 2;
    private static final int SMALLEST_PAGE = 100;

    private final CrawlOrder order;
    private final Upstream upstream;
    private final AgencySpellings spellings;
    private final Walk walk;
    private final Set<String> dryRunIds = ConcurrentHashMap.newKeySet();
    private int pageSize;
    private int sequence;
    private long fetched;
    private boolean askedWithToken;

    Crawl(CrawlOrder order, RunStart start, Upstream upstream, AgencySpellings spellings, int pageSize) {
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
        return !isStopping() && !isFailed() && !walk.isAtEnd() && (order.limit() == 0 || fetched < order.limit());
    }

    /** The request for the next page, as soon as the first of the two pages under way has been committed. */
    public HttpCall nextCall() throws InterruptedException {
        sequence = takePlace();
        askedWithToken = upstream.token().isInUse(); // the crawl of the other region may drop it meanwhile
        int size = order.limit() == 0 ? pageSize : (int) Math.min(pageSize, order.limit() - fetched);
        return upstream.call(walk.query(size), stopSignal());
    }

    /** Takes in what came: from here on its place is held until {@link #written} or {@link #failed}. */
    @SuppressWarnings("unchecked")
    public FetchedPage take(HttpAnswer answer) {
        List<RawRecord> records = (List<RawRecord>) answer.content();
        walk.take(records);
        fetched += records.size();
        return new FetchedPage(answer, sequence, records);
    }

    /** A page could not be had: gives its place back. */
    public void notFetched() {
        leavePlace();
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
        return walk.isAtEnd();
    }

    @Override
    public boolean isComplete() {
        return walk.isAtEnd() && !isFailed() && order.isWhole() && !order.directory();
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
