package dev.catchment.text;

import java.net.URI;
import java.util.regex.Pattern;

/**
 * Secrets that stand in URLs: a user with a password before the host, and parameters of the query that are named like one. The
 * SQL function {@code ops.without_secrets} says the same, and a test holds both to it.
 */
public final class UrlSecrets {
    private static final String MASK = "…";

    private static final Pattern USER = Pattern.compile("(?<=://)[^/?#@\\s\"<>]+@", Pattern.CASE_INSENSITIVE);

    /** A {@code key} alone is as often that of a record, and a {@code page_token} says where a list goes on: both stay. */
    private static final Pattern PARAMETER = Pattern.compile(
            "([?&;](?:[$]|%24)*"
                    + "(?:(?:x-amz-|x[-_])?(?:(?:api|app|access|auth|bearer|client|id|private|refresh|secret|security|service|session"
                    + "|subscription|user)[-_]?)?(?:token|secret|signature|sig|password|passwd|pwd|credentials?|auth|authorization)"
                    + "|(?:x[-_])?(?:api|app|access|auth|client|private|secret|service|subscription|user)[-_]?key"
                    + "|(?:j|php)?session_?id)=)[^&#;\\s\"<>]+",
            Pattern.CASE_INSENSITIVE);

    private UrlSecrets() {}

    public static boolean areIn(String url) {
        return USER.matcher(url).find() || PARAMETER.matcher(url).find();
    }

    /** What may be told of an address whose path may be a secret: no user and no password either. */
    public static String origin(URI url) {
        return url.getScheme() + "://" + url.getAuthority().replaceFirst("^.*@", "");
    }

    /** The text with every secret in a URL left out. */
    public static String masked(String text) {
        return PARAMETER.matcher(USER.matcher(text).replaceAll(MASK + "@")).replaceAll("$1" + MASK);
    }
}
