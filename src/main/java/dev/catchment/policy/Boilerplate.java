package dev.catchment.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;

/** Takes away what surrounds the text of any page: what is never seen, navigation, cookie banners. */
final class Boilerplate {
    private static final String NEVER_TEXT =
            "head, script, style, noscript, template, svg, math, canvas, iframe, object, embed";
    private static final String HIDDEN = "[hidden]:not([hidden=until-found]), [aria-hidden=true]";
    private static final String AROUND = String.join(
            ", ",
            "nav, footer, header[role=banner], [role=navigation], [role=contentinfo], [role=search]",
            "[class~=(?i)(^|[\\s_-])breadcrumbs?($|[\\s_-])], [id~=(?i)breadcrumb]",
            "[class~=(?i)cookie], [id~=(?i)cookie], #onetrust-consent-sdk, #usercentrics-root, .osano-cm-window");
    private static final String TEXT = "main, article, [role=main]";

    private Boilerplate() {}

    /** @param roots what was chosen to be read; they themselves stay, whatever they are called */
    static void remove(List<Element> roots) {
        for (Element root : roots) {
            below(root, NEVER_TEXT).forEach(Element::remove);
            Set<String> panels = panels(root);
            int whole = root.text().length();
            below(root, HIDDEN).stream()
                    .filter(hidden -> !panels.contains(hidden.id()))
                    .forEach(hidden -> drop(hidden, whole));
            below(root, AROUND).forEach(around -> drop(around, whole));
        }
    }

    private static List<Element> below(Element root, String selector) {
        return root.select(selector).stream().filter(found -> found != root).toList();
    }

    /** Broken markup and odd names must not take the page along: what holds its text or most of it stays. */
    private static void drop(Element around, int whole) {
        boolean isText = around.selectFirst(TEXT) != null || around.text().length() * 2 > whole;
        if (!isText) {
            around.remove();
        }
    }

    /** What a button in the page folds out is text of the page; what one in its navigation does is not. */
    private static Set<String> panels(Element root) {
        return root.select("[aria-controls]").stream()
                .filter(button -> button.closest("nav, header, footer, [role=navigation]") == null)
                .flatMap(button -> Arrays.stream(button.attr("aria-controls").split("\\s+")))
                .collect(Collectors.toSet());
    }
}
