package dev.catchment.policy.page;

import java.util.Locale;

/** What a fetch came to. Only OK is a text; nothing else ever becomes a version. */
public enum FetchOutcome {
    OK(Retry.NEXT_CHECK, "A text."),
    UNCHANGED(Retry.NEXT_CHECK, "The server reports no change."),

    UNREACHABLE(Retry.NOW, "The server cannot be reached. If this persists, look up the new address."),
    UNKNOWN_HOST(Retry.BACK_OFF, "The host of the page is unknown. If this persists, look up the new address."),
    TIMED_OUT(Retry.NOW, "The server did not answer in time. This is usually temporary."),
    INSECURE(Retry.NEXT_CHECK, "No secure connection: the server's certificate is not trusted. Tell its owner."),
    BROKEN_ANSWER(Retry.NOW, "The response was cut off or cannot be read. This is usually temporary."),
    ADDRESS_REFUSED(
            Retry.WEEKLY,
            "The page, or where it redirects to, is not a public address. See policy.http.allow-private."),
    REDIRECT_LOOP(Retry.NEXT_CHECK, "The server redirects in a loop, or too often. Look up the new address."),
    ROBOTS_REFUSED(
            Retry.NEXT_CHECK, "The robots.txt of the host asks us not to fetch the page. Ask its owner, or retire it."),
    ROBOTS_UNREACHABLE(
            Retry.BACK_OFF, "The robots.txt of the host cannot be fetched, so nothing is fetched there for now."),
    HOST_BUSY(
            Retry.BACK_OFF,
            "No turn at the host came in time: other pages of it are being fetched, or its Crawl-delay or Retry-After is"
                    + " observed."),

    MOVED(Retry.NEXT_CHECK, "The server redirects without saying where. Look up the new address."),
    NOT_FOUND(
            Retry.NEXT_CHECK,
            "The page does not exist. If this persists, look up the new address or retire the source."),
    GONE(Retry.WEEKLY, "The page is gone for good. Look up the new address or retire the source."),
    LOGIN_NEEDED(Retry.WEEKLY, "The page asks for a login. Only public pages can be watched."),
    FORBIDDEN(Retry.BACK_OFF, "The server denies access. If this persists, ask its owner or find another address."),
    LEGAL_BLOCK(Retry.WEEKLY, "The page is withheld here for legal reasons."),
    TOO_MANY_REQUESTS(Retry.BACK_OFF, "The server asks for fewer requests. It gets none for a while."),
    UNAVAILABLE(Retry.BACK_OFF, "The server is unavailable. It gets no requests for a while."),
    SERVER_ERROR(Retry.NOW, "The server failed. This is usually temporary."),
    BAD_REQUEST(Retry.WEEKLY, "The server does not accept the request. Check the address."),
    ODD_STATUS(Retry.NEXT_CHECK, "The server answered with a status that carries no page."),

    CHALLENGE(Retry.BACK_OFF, "The server sent a bot check instead of the page. Ask its owner, or retire the source."),
    BLOCK_PAGE(
            Retry.BACK_OFF, "The server sent a block page instead of the page. Ask its owner, or retire the source."),
    SOFT_NOT_FOUND(Retry.NEXT_CHECK, "The server sent a \"not found\" page with a success status. Check the address."),
    SOFT_ERROR(Retry.NOW, "The server sent an error page with a success status. This is usually temporary."),
    MAINTENANCE(Retry.BACK_OFF, "The site is under maintenance."),
    SHRUNKEN(Retry.BACK_OFF, "Nearly all of the text is missing. If that is right, lower rules.minimum_share."),
    CUT(
            Retry.NOW,
            "The page was cut off. This is usually temporary; if the page has no closing tag any more, set rules.minimum_share to 0."),
    EMPTY(Retry.NOW, "The page holds no text."),
    ALL_IGNORED(Retry.NEXT_CHECK, "No text is left after rules.ignore. Narrow its patterns."),
    MISSING_SELECTOR(Retry.NEXT_CHECK, "A selector of rules.content matches nothing. Adapt the rules to the page."),
    NEEDS_BROWSER(Retry.WEEKLY, "The page needs JavaScript, which is not run here. Find another address."),

    WRONG_TYPE(Retry.NEXT_CHECK, "The content type is not that of the source. Check fetch_type and the address."),
    OVERSIZE(Retry.WEEKLY, "The page is larger than the limit."),
    BAD_CHARSET(Retry.NEXT_CHECK, "Many characters cannot be decoded: the page names a wrong charset."),

    ENCRYPTED(Retry.WEEKLY, "The PDF is encrypted. Only PDFs that anyone can open can be watched."),
    SCANNED(Retry.WEEKLY, "The PDF holds no text, perhaps only scanned images. Find another version of it."),
    DYNAMIC_FORM(Retry.WEEKLY, "The PDF is a dynamic XFA form. Find another version of it."),
    TOO_MANY_PAGES(Retry.WEEKLY, "The PDF has more pages than the limit."),
    TOO_SLOW(Retry.NEXT_CHECK, "Reading the page took too long."),
    TOO_COMPLEX(Retry.WEEKLY, "Reading the page needs too much memory. If the page is legitimate, raise reader.heap."),
    READER_DIED(Retry.BACK_OFF, "The process that read the page ended without an answer."),
    BAD_SOURCE(Retry.NEXT_CHECK, "The definition of the source cannot be used. Correct it and import it again."),
    OWN_FAULT(Retry.BACK_OFF, "Internal error while processing the page; see the log."),
    BROKEN(Retry.NEXT_CHECK, "The PDF cannot be read: it is damaged or truncated.");

    /** When a page that failed is asked again. */
    public enum Retry {
        /** Once more in this watch, for most of these pass by themselves; then later and later. */
        NOW,
        /** Later and later, not before the time the server named. */
        BACK_OFF,
        /** As if nothing had been: on its schedule. */
        NEXT_CHECK,
        /** On its schedule, but once a week at the most: only a hand can mend it, and an import makes it due at once. */
        WEEKLY
    }

    private final Retry retry;
    private final String words;

    FetchOutcome(Retry retry, String words) {
        this.retry = retry;
        this.words = words;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public Retry retry() {
        return retry;
    }

    /** What happened and what is to be done, to an operator. */
    public String words() {
        return words;
    }
}
