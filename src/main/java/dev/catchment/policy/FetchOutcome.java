package dev.catchment.policy;

import java.util.Locale;

/** What a fetch came to. Only OK is a text; nothing else ever becomes a version. */
public enum FetchOutcome {
    OK(Retry.NEXT_CHECK, "A text."),
    UNCHANGED(Retry.NEXT_CHECK, "The server says nothing has changed."),

    UNREACHABLE(Retry.NOW, "The server cannot be reached. If it stays so, look up the new address."),
    UNKNOWN_HOST(Retry.BACK_OFF, "The host of the page is not known. If it stays so, look up the new address."),
    TIMED_OUT(Retry.NOW, "The server did not answer in time. This mostly passes by itself."),
    INSECURE(Retry.NEXT_CHECK, "No secure connection: the certificate of the server is not trusted. Tell its owner."),
    BROKEN_ANSWER(Retry.NOW, "The answer broke off or cannot be read. This mostly passes by itself."),
    ADDRESS_REFUSED(Retry.WEEKLY, "The page, or where it leads, is no public address. See policy.http.allow-private."),
    REDIRECT_LOOP(Retry.NEXT_CHECK, "The server leads around in circles, or on and on. Look up the new address."),
    ROBOTS_REFUSED(
            Retry.NEXT_CHECK, "The robots.txt of the host asks us not to fetch the page. Ask its owner, or retire it."),
    ROBOTS_UNREACHABLE(
            Retry.BACK_OFF, "The robots.txt of the host cannot be had, so nothing is fetched there for now."),
    HOST_BUSY(
            Retry.BACK_OFF,
            "It was not our turn at the host in time: other pages of it are asked, or its Crawl-delay or Retry-After is"
                    + " waited for."),

    MOVED(Retry.NEXT_CHECK, "The server leads elsewhere and does not say where. Look up the new address."),
    NOT_FOUND(Retry.NEXT_CHECK, "The page is not there. If it stays so, look up the new address or retire the source."),
    GONE(Retry.WEEKLY, "The page is gone for good. Look up the new address or retire the source."),
    LOGIN_NEEDED(Retry.WEEKLY, "The page asks for a login. Only public pages can be watched."),
    FORBIDDEN(Retry.BACK_OFF, "The server refuses us. If it stays so, ask its owner or find another address."),
    LEGAL_BLOCK(Retry.WEEKLY, "The page is withheld for legal reasons where we are."),
    TOO_MANY_REQUESTS(Retry.BACK_OFF, "The server wants to be asked less. It is left alone for a while."),
    UNAVAILABLE(Retry.BACK_OFF, "The server is not available. It is left alone for a while."),
    SERVER_ERROR(Retry.NOW, "The server failed. This mostly passes by itself."),
    BAD_REQUEST(Retry.WEEKLY, "The server does not accept the request. Check the address."),
    ODD_STATUS(Retry.NEXT_CHECK, "The server answered with a status that brings no page."),

    CHALLENGE(Retry.BACK_OFF, "A page that tests for robots came in place of the text. Ask the owner, or retire it."),
    BLOCK_PAGE(Retry.BACK_OFF, "A page that refuses us came in place of the text. Ask the owner, or retire it."),
    SOFT_NOT_FOUND(Retry.NEXT_CHECK, "An error page came as a success: the page is not there. Check the address."),
    SOFT_ERROR(Retry.NOW, "An error page came as a success. This mostly passes by itself."),
    MAINTENANCE(Retry.BACK_OFF, "The site is under maintenance."),
    SHRUNKEN(Retry.BACK_OFF, "Nearly all of the text is missing. If that is right, lower rules.minimum_share."),
    CUT(
            Retry.NOW,
            "The page broke off before its end. This mostly passes by itself; if it has no end now, set rules.minimum_share to 0."),
    EMPTY(Retry.NOW, "There is no text in what came."),
    ALL_IGNORED(Retry.NEXT_CHECK, "Nothing is left of the text by rules.ignore. Narrow its patterns."),
    MISSING_SELECTOR(Retry.NEXT_CHECK, "A selector of rules.content finds nothing. Look at the page anew."),
    NEEDS_BROWSER(Retry.WEEKLY, "The page is made by scripts, which are not run here. Find another address."),

    WRONG_TYPE(Retry.NEXT_CHECK, "What came is of another type than the source. Check fetch_type and the address."),
    OVERSIZE(Retry.WEEKLY, "What came is larger than what is read."),
    BAD_CHARSET(Retry.NEXT_CHECK, "Many characters are lost: the page names a wrong charset."),

    ENCRYPTED(Retry.WEEKLY, "The PDF is locked. Only PDFs that everybody may read can be watched."),
    SCANNED(Retry.WEEKLY, "The PDF holds no text, perhaps scanned images. Find another form of it."),
    DYNAMIC_FORM(Retry.WEEKLY, "The PDF is a form that only one program can show. Find another form of it."),
    TOO_MANY_PAGES(Retry.WEEKLY, "The PDF has more pages than are read."),
    TOO_SLOW(Retry.NEXT_CHECK, "Reading what came took longer than it may."),
    TOO_COMPLEX(Retry.WEEKLY, "Reading what came takes more memory than it may. If it is honest, raise reader.heap."),
    READER_DIED(Retry.BACK_OFF, "The process that read what came ended without an answer."),
    BAD_SOURCE(Retry.NEXT_CHECK, "What the source says of itself cannot be used. Mend it and import it again."),
    OWN_FAULT(Retry.BACK_OFF, "Catchment stumbled over the page; the log says where."),
    BROKEN(Retry.NEXT_CHECK, "The PDF cannot be read: it is damaged or cut off.");

    private final Retry retry;
    private final String words;

    FetchOutcome(Retry retry, String words) {
        this.retry = retry;
        this.words = words;
    }

    /** As it is stored. */
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
