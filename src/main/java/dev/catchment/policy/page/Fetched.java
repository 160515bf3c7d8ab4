package dev.catchment.policy.page;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a request brought, before anyone judges it.
 *
 * @param requested the URL asked for
 * @param answered the URL that answered, after redirects
 * @param headers by lower-case name; lists are joined with commas
 * @param body as the server meant it, unpacked; not to be written to
 */
public record Fetched(URI requested, URI answered, int status, Map<String, String> headers, byte[] body) {

    public Fetched {
        headers = headers.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        Map.Entry::getValue,
                        (one, other) -> one + ", " + other));
    }

    /** @param name in lower case */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public ContentType type() {
        return ContentType.of(body, headers.get("content-type"));
    }

    public boolean isRedirected() {
        return !requested.equals(answered);
    }
}
