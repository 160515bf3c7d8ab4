package dev.catchment.policy.visit;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses as servers write them, and hosts as they are counted. */
final class Location {
    /** RFC 3986, appendix B: scheme and authority, and what follows. */
    private static final Pattern PARTS = Pattern.compile("(?s)((?:[A-Za-z][A-Za-z0-9+.-]*:)?(?://[^/?#]*)?)(.*)");

    private Location() {}

    /**
     * Where a Location header leads (RFC 9110, section 10.2.2), without its fragment, which no server is asked for.
     *
     * @return empty if it says nothing that can be read
     */
    static Optional<URI> of(URI base, String header) {
        String reference = header == null ? "" : header.strip().replaceFirst("#.*", "");
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        try {
            Matcher parts = PARTS.matcher(reference);
            return parts.matches()
                    ? Optional.of(resolved(base, parts.group(1) + encoded(parts.group(2))))
                    : Optional.empty();
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** {@link URI#resolve} knows neither a query alone nor a base without a path (RFC 3986, section 5.2). */
    private static URI resolved(URI base, String reference) {
        URI from = base.getRawPath().isEmpty() ? base.resolve("/") : base;
        URI led = reference.startsWith("?")
                ? URI.create(from.toString().replaceFirst("[?#].*", "") + reference)
                : from.resolve(reference);
        boolean isWeb = led.getHost() != null && led.getRawPath().isEmpty();
        return isWeb ? led.resolve("/" + (led.getRawQuery() == null ? "" : "?" + led.getRawQuery())) : led;
    }

    /** Percent-encodes what no address may hold; bytes of a header come as characters of ISO 8859-1. */
    private static String encoded(String rest) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            boolean isEscape = c == '%' && rest.substring(i).matches("(?s)%[0-9A-Fa-f]{2}.*");
            if (isEscape || c < 0x80 && String.valueOf(c).matches("[A-Za-z0-9._~:/?@!$&'()*+,;=-]")) {
                encoded.append(c);
            } else {
                byte[] bytes =
                        String.valueOf(c).getBytes(c <= 0xFF ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
                for (byte one : bytes) {
                    encoded.append("%%%02X".formatted(one));
                }
            }
        }
        return encoded.toString();
    }

    static URI withoutFragment(URI url) {
        return url.getRawFragment() == null ? url : URI.create(url.toString().replaceFirst("#.*", ""));
    }

    /** What policy.hosts calls it: with its port, unless it is the usual one. */
    static String host(URI url) {
        String host = url.getHost().toLowerCase(Locale.ROOT);
        int usual = url.getScheme().equalsIgnoreCase("https") ? 443 : 80;
        return url.getPort() < 0 || url.getPort() == usual ? host : host + ":" + url.getPort();
    }
}
