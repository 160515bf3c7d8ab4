package dev.catchment.policy.page;

import dev.catchment.text.Sha256;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.pdfbox.util.Version;
import org.jsoup.Jsoup;

/**
 * What a text was made with, in one string: where it differs between two texts, they are not compared before the older
 * body has been made into text anew. What only judges a text, such as the share it may shrink to, is not part of it.
 */
public final class NormaliserVersion {
    /** Of our own steps: to be raised with every change to them that may change a text of the kind. */
    private static final Map<FetchType, Integer> STEPS = Map.of(FetchType.HTML, 2, FetchType.PDF, 1);

    private static final int DIGITS = 12;

    private NormaliserVersion() {}

    /** @return such as {@code html-2 jsoup-1.24.1 rules-0123456789ab} */
    public static String of(FetchType type, Rules rules) {
        String library = type == FetchType.HTML
                ? "jsoup-" + Jsoup.class.getPackage().getImplementationVersion()
                : "pdfbox-" + Version.getVersion();
        return "%s-%d %s rules-%s"
                .formatted(type.name().toLowerCase(Locale.ROOT), STEPS.get(type), library, digest(rules));
    }

    private static String digest(Rules rules) {
        List<List<String>> parts = List.of(
                rules.content(),
                rules.drop(),
                rules.ignore().stream().map(Pattern::pattern).toList());
        // Lengths keep ["a, b"] apart from ["a", "b"].
        StringBuilder whole = new StringBuilder();
        parts.forEach(part -> {
            whole.append(part.size()).append(':');
            part.forEach(rule -> whole.append(rule.length()).append(':').append(rule));
        });
        return Sha256.of(whole.toString()).substring(0, DIGITS);
    }
}
