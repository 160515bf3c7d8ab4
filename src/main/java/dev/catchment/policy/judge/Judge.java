package dev.catchment.policy.judge;

import dev.catchment.policy.page.ContentType;
import dev.catchment.policy.page.Expected;
import dev.catchment.policy.page.FetchOutcome;
import dev.catchment.policy.page.FetchType;
import dev.catchment.policy.page.Fetched;
import dev.catchment.policy.page.PageText;
import dev.catchment.policy.page.Unreadable;
import dev.catchment.policy.page.Verdict;
import dev.catchment.policy.text.HtmlText;
import dev.catchment.policy.text.PdfText;
import java.time.Instant;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/**
 * Decides what a fetch brought: a text, or why not. An error page must never pass for a policy, so every doubt is an
 * outcome of its own.
 *
 * @param maxHtml largest page that is read, in bytes
 * @param maxPdf largest PDF that is read, in bytes
 * @param reader reads what passed for a page so far
 */
public record Judge(long maxHtml, long maxPdf, PageReader reader) {
    /** One lost character in this many, three at least: it is the charset, not a slip of the author. */
    private static final int CHARACTERS_PER_LOST = 500;

    private static final int FEWEST_LOST = 3;

    public Verdict judge(Fetched page, Expected expected, Instant now) {
        return SoftErrors.ofChallenge(page)
                .or(() -> Statuses.judge(page, now))
                .or(() -> SoftErrors.ofResponse(page))
                .or(() -> size(page, expected.type()))
                .orElseGet(() -> reader.read(page, expected));
    }

    /** Done in a reader: no parser and no pattern promises to end, or to keep within any bounds. */
    static Verdict read(Fetched page, Expected expected, PdfText pdfText) {
        return type(page, expected.type()).orElseGet(() -> text(page, expected, pdfText));
    }

    private Optional<Verdict> size(Fetched page, FetchType type) {
        long most = type == FetchType.PDF ? maxPdf : maxHtml;
        return page.body().length > most
                ? Optional.of(Verdict.of(FetchOutcome.OVERSIZE, "bytes=%d most=%d".formatted(page.body().length, most)))
                : Optional.empty();
    }

    /** A page in place of a PDF is mostly an error page: it is looked at for its true reason first. */
    private static Optional<Verdict> type(Fetched page, FetchType expected) {
        ContentType type = page.type();
        if (type == ContentType.EMPTY) {
            return Optional.of(Verdict.of(FetchOutcome.EMPTY, "bytes=" + page.body().length));
        }
        if (type.name().equals(expected.name())) {
            return Optional.empty();
        }
        Optional<Verdict> reason = type == ContentType.HTML ? errorPage(parse(page)) : Optional.empty();
        return reason.or(() -> Optional.of(Verdict.of(FetchOutcome.WRONG_TYPE, "came=" + type)));
    }

    private static Verdict text(Fetched page, Expected expected, PdfText pdfText) {
        try {
            return expected.type() == FetchType.PDF
                    ? measured(pdfText.of(page.body(), expected.rules()), expected)
                    : html(parse(page), expected);
        } catch (Unreadable e) {
            return Verdict.of(e.outcome(), e.detail());
        }
    }

    private static Verdict html(Document page, Expected expected) throws Unreadable {
        Optional<Verdict> error = errorPage(page);
        return error.isPresent() ? error.get() : measured(HtmlText.of(page, expected.rules()), expected);
    }

    private static Optional<Verdict> errorPage(Document page) {
        return SoftErrors.ofTitles(page).or(() -> ShortPages.judge(page));
    }

    private static Verdict measured(PageText text, Expected expected) {
        int length = text.text().length();
        if (text.text().isBlank()) {
            return Verdict.of(FetchOutcome.EMPTY, "characters=0");
        }
        if (expected.rules().hashed(text.text()).isEmpty()) {
            return Verdict.of(FetchOutcome.ALL_IGNORED, "characters=" + length);
        }
        long lost = text.text().chars().filter(c -> c == '\uFFFD').count();
        if (lost >= FEWEST_LOST && lost * CHARACTERS_PER_LOST > length) {
            return Verdict.of(FetchOutcome.BAD_CHARSET, "lost=" + lost);
        }
        return length < expected.lastLength() * expected.rules().minimumShare()
                ? Verdict.of(FetchOutcome.SHRUNKEN, "characters=%d last=%d".formatted(length, expected.lastLength()))
                : new Verdict(FetchOutcome.OK, "", null, text);
    }

    private static Document parse(Fetched page) {
        return Jsoup.parse(Decoded.of(page).text(), page.answered().toString());
    }
}
