package dev.catchment.policy.judge;

import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.Verdict;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * Pages with hardly any text: challenges, block and error pages, login forms, shells that scripts fill. Their words are
 * looked for in short pages alone: a policy may well speak of denied access.
 */
final class ShortPages {
    /** Characters, all of the navigation included. */
    static final int SHORT = 1_000;
    /** Below this a page with scripts is a shell. */
    private static final int SHELL = 200;

    private static final int SCRIPTS_PER_TEXT = 5;
    private static final String BESIDE = "header, nav, aside, footer, [hidden]";
    private static final List<ErrorPhrase> WORDS = List.of(
            ErrorPhrase.of(
                    FetchOutcome.CHALLENGE,
                    "enable javascript and cookies to continue|checking your browser before|verify(ing)? (that )?you are"
                            + " (a )?human|complete the (captcha|security check)|unusual traffic from your"),
            ErrorPhrase.of(
                    FetchOutcome.BLOCK_PAGE,
                    "request unsuccessful\\. incapsula|access (is |was )?denied|you have been blocked|request blocked"
                            + "|reference #\\d+\\.[0-9a-f]+|the requested url was rejected"),
            ErrorPhrase.of(
                    FetchOutcome.SOFT_ERROR,
                    "try again later|something went wrong|we.re all mixed up|technical (difficulties|problem)"
                            + "|an (unexpected )?error (has )?occurred|service unavailable"),
            ErrorPhrase.of(
                    FetchOutcome.SOFT_NOT_FOUND,
                    "page (you requested )?(was |could |can ?)?(not|n.t) be found|page (was |is )?not found"
                            + "|page no longer exists"),
            ErrorPhrase.of(FetchOutcome.MAINTENANCE, "under maintenance|down for (scheduled )?maintenance"));

    private ShortPages() {}

    /** @param page whole, before anything is taken away */
    static Optional<Verdict> judge(Document page) {
        String said = without(page, "[hidden]") + page.head().select("noscript").text();
        if (said.length() > SHORT) {
            return Optional.empty();
        }
        return ErrorPhrase.first(WORDS, words -> words.matcher(said).find())
                .map(outcome -> Verdict.of(outcome, "says=" + said.substring(0, Math.min(80, said.length()))))
                .or(() -> login(page))
                .or(() -> shell(page));
    }

    /** One beside the text, for those who have an account, does not keep anybody out. */
    private static Optional<Verdict> login(Document page) {
        return page.select("input[type=password]").stream().anyMatch(field -> field.closest(BESIDE) == null)
                ? Optional.of(Verdict.of(FetchOutcome.LOGIN_NEEDED, "form=password"))
                : Optional.empty();
    }

    private static Optional<Verdict> shell(Document page) {
        int text = without(page, "noscript").length();
        int scripts = page.select("script").stream()
                .mapToInt(script -> script.hasAttr("src")
                        ? SHELL * SCRIPTS_PER_TEXT
                        : script.data().length())
                .sum();
        boolean isShell = text < SHELL && scripts > Math.max(text, SHELL) * SCRIPTS_PER_TEXT - 1;
        return isShell ? Optional.of(Verdict.of(FetchOutcome.NEEDS_BROWSER, "characters=" + text)) : Optional.empty();
    }

    private static String without(Document page, String selector) {
        Element body = page.body().clone();
        body.select(selector).remove();
        return body.text();
    }
}
