package dev.catchment.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A made-up policy, and pages that come in the place of one, which no list of phrases knows. */
public final class ForeignPages {
    public static final String POLICY = resource("policy-en.txt");
    public static final String IN_GERMAN = resource("policy-de.txt");

    private ForeignPages() {}

    /** Texts by what they are. */
    public static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String section : resource("foreign-pages.txt").split("(?m)^== ")) {
            if (!section.startsWith("#")) {
                texts.put(section.substring(0, section.indexOf('\n')), section.substring(section.indexOf('\n') + 1));
            }
        }
        return texts;
    }

    /** A whole page; what a site says around its text is in nav and footer. */
    static String page(String text) {
        StringBuilder lines = new StringBuilder();
        text.lines()
                .forEach(line -> lines.append(
                        line.contains(" | ")
                                ? "<table><tr><td>" + line.replace(" | ", "<td>") + "</table>"
                                : "<p>" + line + "</p>"));
        return "<!doctype html><html><head><title>Visas</title></head><body><nav><a href=/>Home</a> <a href=/v>Visas</a></nav>"
                + "<div>" + lines + "</div><footer>Crown copyright</footer></body></html>";
    }

    private static String resource(String name) {
        try (InputStream file = ForeignPages.class.getResourceAsStream("/policy/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
