package dev.catchment.flow.walk;

import dev.catchment.http.HttpCall;
import java.util.concurrent.CountDownLatch;

/**
 * What is walked: one source of a kind.
 *
 * @param name of the setting or the entry that says its URL, for errors
 */
public record WalkSource(WalkKind kind, String name, String url, AccessToken token) {
    /**
     * A request for one page of records.
     *
     * @param query without the question mark
     * @param calledOff opens when the answer is not wanted any more
     */
    HttpCall call(String query, CountDownLatch calledOff) {
        return new HttpCall(url + "?" + query, token.headers(), kind.reader()::read, calledOff);
    }
}
