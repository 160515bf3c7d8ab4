package dev.catchment.catalog;

import dev.catchment.http.HttpCall;
import java.util.function.BooleanSupplier;

/** The Discovery API of one region. */
record Upstream(String url, AppToken token) {
    /**
     * A request for one page of results.
     *
     * @param query without the question mark
     * @param wanted whether the answer is still wanted, asked before each retry
     */
    HttpCall call(String query, BooleanSupplier wanted) {
        return new HttpCall(url + "?" + query, token.headers(), PageReader::read, wanted);
    }
}
