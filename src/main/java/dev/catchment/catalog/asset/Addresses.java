package dev.catchment.catalog.asset;

import dev.catchment.flow.BadRecord;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an asset lives: its portal, its addresses and the hosts they name. A leading {@code www.} stays, it is part
 * of the canonical name of some portals.
 */
record Addresses(String domain, String host, List<String> hosts, String permalink, String link) {

    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}]([\\p{L}\\p{N}._-]{0,251}[\\p{L}\\p{N}])?");
    private static final Pattern ADDRESS =
            Pattern.compile("(?i)(https?://)?(?:[^/?#@]*@)?([^/?#:@]+)(?::\\d{1,5})?(?:[/?#].*)?", Pattern.DOTALL);

    static Addresses of(String domainText, String permalinkText, String linkText) throws BadRecord {
        String domain = domainText == null ? null : host(domainText);
        if (domain == null) {
            throw new BadRecord(
                    BadRecord.NO_DOMAIN,
                    domainText == null
                            ? "The record has no metadata.domain; it is rejected."
                            : "metadata.domain is not a host name, found " + BadRecord.quote(domainText)
                                    + "; the record is rejected.");
        }
        String permalink = address(permalinkText);
        String link = address(linkText);
        Set<String> hosts = new LinkedHashSet<>();
        hosts.add(domain);
        String permalinkHost = add(hosts, permalink);
        add(hosts, link);
        return new Addresses(
                domain, permalinkHost == null ? domain : permalinkHost, List.copyOf(hosts), permalink, link);
    }

    /** A web address. In 2015 and 2016 the scheme was missing; anything but http and https is no address. */
    private static String address(String text) {
        Matcher parts = text == null ? null : ADDRESS.matcher(text);
        if (parts == null || !parts.matches() || host(parts.group(2)) == null) {
            return null;
        }
        return parts.group(1) == null ? "https://" + text : text;
    }

    private static String add(Set<String> hosts, String address) {
        if (address == null) {
            return null;
        }
        Matcher parts = ADDRESS.matcher(address);
        String host = parts.matches() ? host(parts.group(2)) : null;
        if (host != null) {
            hosts.add(host);
        }
        return host;
    }

    /** The text in lower case where it is a host name, else null. */
    static String host(String text) {
        return HOST.matcher(text).matches() ? text.toLowerCase(Locale.ROOT) : null;
    }
}
