package dev.catchment.policy.text;

import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.PageText;
import dev.catchment.policy.page.Rules;
import dev.catchment.policy.page.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * A page as text, by its source's rules. Attributes never get into the text, so tokens and link targets that differ at
 * each fetch do not tell two texts apart.
 */
public final class HtmlText {
    private HtmlText() {}

    /**
     * @param page is taken apart
     * @throws Unreadable if a selector of the rules' content finds nothing
     */
    public static PageText of(Document page, Rules rules) throws Unreadable {
        rules.drop().forEach(selector -> Boilerplate.removeAll(page.select(selector)));
        List<Element> roots = roots(page, rules);
        Boilerplate.remove(roots);
        roots.forEach(HtmlText::coverMail);
        List<String> links = LinkTarget.of(roots);
        String text = roots.stream().map(HtmlLines::of).collect(Collectors.joining());
        return PageText.of(CleanText.of(text), links, rules);
    }

    /** By default the whole body: main or #content can be an empty shell in pages with broken markup. */
    private static List<Element> roots(Document page, Rules rules) throws Unreadable {
        if (rules.content().isEmpty()) {
            return List.of(page.body());
        }
        List<Element> roots = new ArrayList<>();
        for (String selector : rules.content()) {
            List<Element> found = page.select(selector);
            if (found.isEmpty()) {
                throw new Unreadable(FetchOutcome.MISSING_SELECTOR, "selector=" + selector);
            }
            found.stream().filter(element -> !isWithin(element, roots)).forEach(roots::add);
        }
        return roots;
    }

    private static boolean isWithin(Element element, List<Element> roots) {
        return roots.stream()
                .anyMatch(root -> root == element || element.parents().contains(root));
    }

    private static void coverMail(Element root) {
        root.select("a[href*=/cdn-cgi/l/email-protection], .__cf_email__")
                .forEach(mail -> mail.text("[email protected]"));
    }
}
