package dev.catchment.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The address of a source in one spelling, so that one page is not watched as two. */
public final class SourceUrl {
    /** The longest that an index of PostgreSQL holds with what stands beside it. */
    private static final int LONGEST = 2_000;

    private static final int LAST_PORT = 65_535;

    private SourceUrl() {}

    /**
     * Scheme and host in small letters; the usual port and the fragment, which no server sees, dropped.
     *
     * @throws IllegalArgumentException if it is no address a page can be fetched from; the message is for nobody
     */
    public static String of(String written) {
        try {
            URI url = new URI(written);
            require(url.getScheme() != null && url.getHost() != null && url.getRawUserInfo() == null);
            // Whoever may read sees it, and it is written into the ledger with each request.
            require(!UrlSecrets.areIn(written));
            String scheme = url.getScheme().toLowerCase(Locale.ROOT);
            require(scheme.equals("http") || scheme.equals("https"));
            require(url.getPort() != 0 && url.getPort() <= LAST_PORT);
            String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
            String whole = scheme + "://" + url.getHost().toLowerCase(Locale.ROOT) + port(url, scheme) + path + query;
            String ascii = URI.create(whole).toASCIIString();
            require(ascii.length() <= LONGEST);
            return ascii;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String port(URI url, String scheme) {
        int usual = scheme.equals("http") ? 80 : 443;
        return url.getPort() < 0 || url.getPort() == usual ? "" : ":" + url.getPort();
    }

    private static void require(boolean fits) {
        if (!fits) {
            throw new IllegalArgumentException();
        }
    }
}
