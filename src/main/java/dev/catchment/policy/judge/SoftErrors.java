package dev.catchment.policy.judge;

import static dev.catchment.policy.page.FetchOutcome.BLOCK_PAGE;
import static dev.catchment.policy.page.FetchOutcome.CHALLENGE;
import static dev.catchment.policy.page.FetchOutcome.LOGIN_NEEDED;
import static dev.catchment.policy.page.FetchOutcome.MAINTENANCE;
import static dev.catchment.policy.page.FetchOutcome.SERVER_ERROR;
import static dev.catchment.policy.page.FetchOutcome.SOFT_ERROR;
import static dev.catchment.policy.page.FetchOutcome.SOFT_NOT_FOUND;
import static dev.catchment.policy.page.FetchOutcome.TOO_MANY_REQUESTS;

import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.Fetched;
import dev.catchment.policy.page.Verdict;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jsoup.nodes.Document;

/**
 * Errors that come as a success, told by address, header and title: what the Environmental Data and Governance
 * Initiative learned from watching pages of the US government ({@code Version#effective_status} of web-monitoring-db),
 * and the pages that test for robots.
 */
final class SoftErrors {
    private static final int LONGEST_TITLE = 1_000;

    /** A whole part of a title, in the order they are tried. */
    private static final List<ErrorPhrase> TITLES = List.of(
            ErrorPhrase.of(
                    SOFT_NOT_FOUND,
                    "(the )?(page|file)( you requested)?( (was|is|could|can))? ?(not|n.t)( be)? found"
                            + "|(error )?404( error)?|404 not found|this page isn.t available|page not available"
                            + "|(die )?(angeforderte |gewünschte |gesuchte )?seite (wurde |konnte )?(leider )?nicht gefunden( werden)?"
                            + "|seite nicht (vorhanden|verfügbar)|(fehler )?404( fehler)?|fehler 404.*"
                            + "|(cette |la )?page (est )?(non trouvée|introuvable|inexistante)|erreur 404.*"
                            + "|página no encontrada|página não encontrada|pagina non trovata|pagina niet gevonden"
                            + "|nie znaleziono strony|strona nie została znaleziona"),
            ErrorPhrase.of(
                    CHALLENGE,
                    "just a moment|attention required|are you (a )?(robot|human)|pardon our interruption|ddos-guard"
                            + "|checking your browser.*|verify(ing)? you are (a )?human.*|human verification"),
            ErrorPhrase.of(
                    BLOCK_PAGE,
                    "access denied|access to this page has been denied|restricted access|request (rejected|blocked)"
                            + "|zugriff verweigert|accès (refusé|interdit)|acceso denegado"
                            + "|(you are |sorry, you have been )blocked|403 forbidden"),
            ErrorPhrase.of(
                    MAINTENANCE,
                    "((site )?(is )?under|site|scheduled|planned) maintenance|maintenance( mode)?"
                            + "|(geplante )?wartungsarbeiten|(geplante )?wartung|(site )?en maintenance|maintenance programmée"),
            ErrorPhrase.of(SOFT_ERROR, "(an )?(unexpected|(internal )?server|application|runtime) error.*"),
            ErrorPhrase.of(
                    SOFT_ERROR,
                    "(error )?[45]\\d\\d( error)?|error"
                            + "|[45]\\d\\d (bad request|method not allowed|not acceptable|gone|too many requests"
                            + "|internal server error|bad gateway|service (temporarily )?unavailable|gateway time-?out)"),
            ErrorPhrase.of(LOGIN_NEEDED, "(please )?(sign|log)[ -]?[io]n( required)?|authentication required"));

    private SoftErrors() {}

    /** A test for robots says so in a header, whatever the status is: 403, mostly. */
    static Optional<Verdict> ofChallenge(Fetched page) {
        boolean isChallenge = page.header("cf-mitigated")
                        .filter("challenge"::equalsIgnoreCase)
                        .isPresent()
                || page.header("x-amzn-waf-action").isPresent();
        return isChallenge ? verdict(CHALLENGE, "header status=" + page.status()) : Optional.empty();
    }

    static Optional<Verdict> ofResponse(Fetched page) {
        if (page.header("apex-debug-id")
                .filter(id -> id.contains("level=error"))
                .isPresent()) {
            return verdict(SERVER_ERROR, "header=apex-debug-id");
        }
        if (said(page.answered().getQuery()).contains("aspxerrorpath=")) {
            return verdict(SERVER_ERROR, "url=" + page.answered());
        }
        return page.isRedirected() ? ofRedirect(page.requested(), page.answered()) : Optional.empty();
    }

    /** By the title, or by the one headline, if it has more than a word: a policy may well be headed "Maintenance". */
    static Optional<Verdict> ofTitles(Document page) {
        List<String> headlines = page.select("h1").eachText();
        return ofTitle(page.title())
                .or(() -> headlines.size() == 1 && headlines.get(0).contains(" ")
                        ? of(List.of(headlines.get(0)), "h1=" + headlines.get(0))
                        : Optional.empty());
    }

    static Optional<Verdict> ofTitle(String title) {
        return title.length() > LONGEST_TITLE
                ? Optional.empty()
                : of(List.of(title.split("\\s+[|–—-]\\s+|: ")), "title=" + title);
    }

    /** At no great length an error is told, and the patterns would take hours over it. */
    private static Optional<Verdict> of(List<String> titles, String seen) {
        List<String> parts = titles.stream()
                .filter(title -> title.length() <= LONGEST_TITLE)
                .map(SoftErrors::bared)
                .toList();
        return ErrorPhrase.first(
                        TITLES,
                        words -> parts.stream()
                                .anyMatch(part -> words.matcher(part).matches()))
                .flatMap(outcome -> verdict(outcome, seen));
    }

    private static Optional<Verdict> ofRedirect(URI requested, URI answered) {
        if (said(answered.getHost()).startsWith("unblock.")) {
            return verdict(TOO_MANY_REQUESTS, "url=" + answered);
        }
        return isHome(answered) && !isHome(requested) && site(answered).equals(site(requested))
                ? verdict(SOFT_NOT_FOUND, "redirected=" + answered)
                : Optional.empty();
    }

    /** A home page may say its language: /en/ or /en-GB/index.html. */
    private static boolean isHome(URI url) {
        return said(url.getPath()).matches("(?i)(/[a-z]{2}(-[a-z]{2})?)?/?((index|home|default)(\\.\\w+)?)?/?")
                && url.getQuery() == null;
    }

    private static String site(URI url) {
        return said(url.getHost()).toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "");
    }

    private static String said(String part) {
        return Objects.requireNonNullElse(part, "");
    }

    /** Without what stands around the words: "Just a moment...", "[Page not found]". */
    private static String bared(String part) {
        return part.replaceAll("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$", "");
    }

    private static Optional<Verdict> verdict(FetchOutcome outcome, String detail) {
        return Optional.of(Verdict.of(outcome, detail));
    }
}
