package dev.catchment.flow.standin;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * One question put to the stand-in.
 *
 * @param at      when it arrived
 * @param path    path of the URL, decoded
 * @param query   the query as it came, still encoded and without {@code ?}; empty if there was none
 * @param headers those of {@link #KEPT} that were sent; names in any case
 */
public record Request(Instant at, String path, String query, Map<String, String> headers) {

    /** The request headers that are kept. */
    public static final List<String> KEPT =
            List.of("Accept", "Accept-Encoding", "Authorization", "Host", "If-None-Match", "User-Agent", "X-App-Token");

    static Request of(Message message, Instant at) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        KEPT.forEach(name -> {
            Object value = message.getHeader(name);
            if (value != null) {
                // A query parameter of the same name makes Camel keep a list; the real header came first.
                Object first =
                        value instanceof Collection<?> all ? all.iterator().next() : value;
                headers.put(name, first.toString());
            }
        });
        String query = message.getHeader(Exchange.HTTP_RAW_QUERY, "", String.class);
        return new Request(
                at,
                message.getHeader(Exchange.HTTP_PATH, "", String.class),
                query,
                Collections.unmodifiableMap(headers));
    }

    /** The values of one parameter, decoded, in the order sent; empty if it was not sent. */
    public List<String> parameter(String name) {
        return Parameters.parse(query).all(name);
    }

    /** Path and query, but for the size of the page: what is asked, not how much of it. @param size its parameter */
    String without(String size) {
        return path
                + Stream.of(query.split("&"))
                        .filter(pair -> !pair.startsWith(size + "="))
                        .collect(Collectors.joining("&", "?", ""));
    }
}
