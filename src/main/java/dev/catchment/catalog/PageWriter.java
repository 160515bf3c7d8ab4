package dev.catchment.catalog;

import dev.catchment.catalog.asset.Asset;
import dev.catchment.catalog.asset.AssetNormaliser;
import dev.catchment.catalog.asset.Country;
import dev.catchment.catalog.walk.FetchedPage;
import dev.catchment.catalog.walk.RawRecord;
import dev.catchment.flow.BadRecord;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** What happens to a page between its split and its statement: each record judged, all gathered into one batch. */
public final class PageWriter implements AggregationStrategy {
    private AssetNormaliser normaliser = new AssetNormaliser(Country.rules());

    /** @param countries file of an operator's list, see {@code CountryFile}; blank if there is none */
    public void setCountries(String countries) {
        normaliser = new AssetNormaliser(Country.from(countries.isBlank() ? null : Path.of(countries)));
    }

    /** A bad record becomes a reject with its reason; it never costs its page. */
    public RecordOutcome judge(RawRecord raw, Crawl crawl) {
        try {
            Asset asset = normaliser.normalise(raw.page(), raw.offset(), raw.length());
            return new RecordOutcome.Accepted(crawl.spellings().settle(asset), raw);
        } catch (BadRecord bad) {
            return new RecordOutcome.Rejected(raw, bad.key(), bad.reason(), bad.getMessage());
        }
    }

    @Override
    public Exchange aggregate(Exchange batchSoFar, Exchange next) {
        Exchange result = batchSoFar;
        if (result == null) {
            result = next;
            RecordOutcome first = next.getMessage().getBody(RecordOutcome.class);
            next.getMessage().setBody(new Batch());
            result.getMessage().getBody(Batch.class).add(first);
        } else {
            result.getMessage().getBody(Batch.class).add(next.getMessage().getBody(RecordOutcome.class));
        }
        return result;
    }

    /** What was gathered; splitting an empty page leaves the page. */
    public Batch batch(Object body) {
        return body instanceof Batch full ? full : new Batch();
    }

    /** Counts a page before it is written. */
    public void count(Crawl crawl, FetchedPage page, Batch batch) {
        crawl.tally().add("seen", batch.accepted() + batch.rejected());
        crawl.tally().add("rejected", batch.rejected());
        crawl.tally().add("skipped", batch.skipped());
        crawl.tally().add("bytes", page.answer().bytes());
        crawl.sawInDryRun(batch.seen());
    }

    /** The parameters of {@code catalog/upsert-page} and {@code catalog/compare-page}. */
    public Map<String, Object> parameters(Crawl crawl, FetchedPage page, Batch batch) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", crawl.start().run());
        parameters.put("region", crawl.order().region());
        parameters.put("directory", crawl.order().directory());
        parameters.put("records", batch.records());
        parameters.put("rejects", batch.rejects(page.sequence()));
        parameters.put("request", page.request());
        parameters.put("skipped", batch.skipped());
        parameters.put("now", null);
        return parameters;
    }
}
