package dev.catchment.policy.text;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;

/** Where a text leads to, without what only says who followed the link. */
final class LinkTarget {
    private static final Pattern SESSION = Pattern.compile("(?i);jsessionid=[^?#]*");
    private static final Pattern TRACKING = Pattern.compile("(?i)(utm_\\w+|fbclid|gclid|gbraid|wbraid|dclid|msclkid"
            + "|yclid|mc_[ce]id|igshid?|_ga|_gl|_hs\\w+|jsessionid|phpsessid|sid)(=.*)?");
    /** The token and the signature of l.facebook.com, l.instagram.com and the like. */
    private static final Pattern SIGNED = Pattern.compile("[ehs](=.*)?");

    private static final Pattern REDIRECTOR = Pattern.compile("https?://(l|lm|out)\\.[^?]*|[^?]*/l\\.php");

    private LinkTarget() {}

    static List<String> of(List<Element> roots) {
        return roots.stream()
                .flatMap(root -> root.select("a[href], area[href]").stream())
                .map(LinkTarget::target)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static String target(Element link) {
        String url = link.absUrl("href");
        String scheme = url.toLowerCase(Locale.ROOT).replaceFirst(":.*", "");
        return Stream.of("http", "https", "mailto", "tel").anyMatch(scheme::equals) && !isHiddenMail(link)
                ? untracked(url)
                : null;
    }

    /** Cloudflare's cover of a mail address is another one at each fetch. */
    static boolean isHiddenMail(Element link) {
        return link.attr("href").contains("/cdn-cgi/l/email-protection");
    }

    static String untracked(String url) {
        String[] parts = SESSION.matcher(url).replaceAll("").split("(?=#)", 2);
        int query = parts[0].indexOf('?');
        if (query < 0) {
            return String.join("", parts);
        }
        String path = parts[0].substring(0, query);
        boolean isSigned = REDIRECTOR.matcher(path).matches();
        String kept = Stream.of(parts[0].substring(query + 1).split("&"))
                .filter(parameter -> !TRACKING.matcher(parameter).matches())
                .filter(parameter -> !isSigned || !SIGNED.matcher(parameter).matches())
                .collect(Collectors.joining("&"));
        return path + (kept.isEmpty() ? "" : "?" + kept) + (parts.length > 1 ? parts[1] : "");
    }
}
