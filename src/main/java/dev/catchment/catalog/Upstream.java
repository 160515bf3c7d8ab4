package dev.catchment.catalog;

import dev.catchment.http.HttpCall;
import java.util.concurrent.CountDownLatch;

/** The Discovery API of one region. */
record Upstream(String url, AppToken token) {
    /**
     * A request for one page of results.
     *
     * @param query without the question mark
     * @param calledOff opens when the answer is not wanted any more
     */
    HttpCall call(String query, CountDownLatch calledOff) {
        return new HttpCall(url + "?" + query, token.headers(), PageReader::read, calledOff);
    }
}
