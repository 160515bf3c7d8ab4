package dev.catchment.policy.text;

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
    /** What says itself that it is not the text of the page. */
    private static final String AROUND =
            "nav, footer, header[role=banner], [role=navigation], [role=contentinfo], [role=search]";
    /** What is only called so. */
    private static final String CALLED = String.join(
            ", ",
            "[class~=(?i)(^|[\\s_-])breadcrumbs?($|[\\s_-])], [id~=(?i)breadcrumb]",
            "[class~=(?i)cookie], [id~=(?i)cookie], #onetrust-consent-sdk, #usercentrics-root, .osano-cm-window");

    private static final String TEXT = "main, article, [role=main]";
    /** Nine of ten characters are nearly all. */
    private static final long MOST_OF = 10;

    private Boilerplate() {}

    /** @param roots what was chosen to be read; they themselves stay, whatever they are called */
    static void remove(List<Element> roots) {
        for (Element root : roots) {
            removeAll(below(root, NEVER_TEXT));
            Set<String> panels = panels(root);
            int whole = root.text().length();
            removeAll(below(root, HIDDEN).stream()
                    .filter(hidden -> !panels.contains(hidden.id()) && !isText(hidden, whole))
                    .toList());
            removeAll(below(root, CALLED).stream()
                    .filter(called -> !isText(called, whole))
                    .toList());
            int said = Prose.length(root);
            removeAll(below(root, AROUND).stream()
                    .filter(around -> !isPage(around, said))
                    .toList());
        }
    }

    private static List<Element> below(Element root, String selector) {
        return root.select(selector).stream().filter(found -> found != root).toList();
    }

    /** Broken markup and odd names must not take the page along: what holds its text or most of it stays. */
    private static boolean isText(Element around, int whole) {
        return around.selectFirst(TEXT) != null || around.text().length() * 2 > whole;
    }

    /**
     * A menu never is the text, however short that is: its links do not count. Only nearly all that is said apart from links
     * is what an unclosed nav or footer swallowed: a short page must not win and lose its footer as it grows.
     */
    private static boolean isPage(Element around, int said) {
        return around.selectFirst(TEXT) != null || Prose.length(around) * MOST_OF > said * (MOST_OF - 1L);
    }

    /** From the last one on: to take the first of many siblings away moves all the others. */
    static void removeAll(List<Element> elements) {
        for (int i = elements.size() - 1; i >= 0; i--) {
            elements.get(i).remove();
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
