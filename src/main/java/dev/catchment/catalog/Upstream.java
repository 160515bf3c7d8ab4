package dev.catchment.catalog;

import dev.catchment.http.HttpCall;

/** The Discovery API of one region. */
record Upstream(String url, AppToken token) {
    /** A request for one page of results. @param query without the question mark */
    HttpCall call(String query) {
        return new HttpCall(url + "?" + query, token.headers(), PageReader::read);
    }
}
