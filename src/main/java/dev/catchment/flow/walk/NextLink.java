package dev.catchment.flow.walk;

import dev.catchment.errors.PermanentFailure;
import java.net.URI;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The link to the next page: followed blindly, it may leave the collection. */
final class NextLink {
    private static final Pattern LINK = Pattern.compile("<([^>]*)>([^<]*)");
    private static final Pattern NEXT =
            Pattern.compile("(?i);\\s*rel\\s*=\\s*(\"([^\"]*\\s)?next(\\s[^\"]*)?\"|next\\b)");

    private NextLink() {}

    /**
     * That of the header Link of RFC 8288.
     *
     * @param header several ones with commas between; may be null
     * @return the URL of the next page; null if there is none
     */
    static String inHeader(String header) {
        if (header == null) {
            return null;
        }
        Matcher link = LINK.matcher(header);
        while (link.find()) {
            if (NEXT.matcher(link.group(2)).find()) {
                return link.group(1);
            }
        }
        return null;
    }

    /**
     * Where it leads.
     *
     * @param asked the URL of this page
     * @param next as the source says it, perhaps relative; null if there is none
     * @param mayLead same-path, same-origin or anywhere
     * @throws PermanentFailure if it leads away
     */
    static String of(String asked, String next, String mayLead) {
        if (next == null) {
            return null;
        }
        URI from = URI.create(asked);
        URI leads;
        try {
            leads = from.resolve(next.replace(" ", "%20"));
        } catch (IllegalArgumentException e) {
            throw new PermanentFailure("The next page is said to be %s, which is no URL.".formatted(next));
        }
        boolean isSameOrigin = Objects.equals(from.getRawAuthority(), leads.getRawAuthority());
        boolean isSamePath = isSameOrigin && path(from).equals(path(leads));
        boolean isAllowed = mayLead.equals("anywhere") || isSamePath || isSameOrigin && mayLead.equals("same-origin");
        if (!isAllowed) {
            throw new PermanentFailure(
                    "The next page is said to be %s, which is not %s: following it would leave the collection."
                            .formatted(leads, mayLead.equals("same-path") ? "the same path" : "the same host"));
        }
        return leads.toString();
    }

    /** With a slash at its end or without one: a server that wants the one leads from the other to it. */
    private static String path(URI url) {
        return url.getPath() == null ? "" : url.getPath().replaceFirst("/+$", "");
    }
}
