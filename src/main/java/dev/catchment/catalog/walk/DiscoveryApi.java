package dev.catchment.catalog.walk;

import dev.catchment.http.HttpCall;
import java.util.concurrent.CountDownLatch;

/** The Discovery API of one region. */
public record DiscoveryApi(String url, AppToken token) {
    /**
     * A request for one page of results.
     *
     * @param query without the question mark
     * @param calledOff opens when the answer is not wanted any more
     */
    public HttpCall call(String query, CountDownLatch calledOff) {
        return new HttpCall(url + "?" + query, token.headers(), ResultPageReader::read, calledOff);
    }
}
