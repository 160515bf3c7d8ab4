package dev.catchment.flow.walk;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header Link of RFC 8288, as far as a walk needs it. */
final class LinkHeader {
    private static final Pattern LINK = Pattern.compile("<([^>]*)>([^<]*)");
    private static final Pattern NEXT = Pattern.compile("(?i);\\s*rel\\s*=\\s*(\"([^\"]*\\s)?next(\\s[^\"]*)?\"|next\\b)");

    private LinkHeader() {}

    /** @param header several ones with commas between; may be null @return the URL of the next page; null if there is none */
    static String next(String header) {
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
}
