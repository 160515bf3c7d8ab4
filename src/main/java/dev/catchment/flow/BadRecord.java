package dev.catchment.flow;

/**
 * One record that cannot be stored. It is recorded as a reject and the page goes on.
 *
 * <p>{@link #getMessage()} is a sentence for people, free of NUL characters and of unpaired surrogates, so that it
 * can be stored whatever the record held. It has no stack trace: the reason and the field say where it came from.
 */
public final class BadRecord extends Exception {

    /** The record has no key. */
    public static final String NO_ID = "no-id";
    /** Its key does not look like one. */
    public static final String BAD_ID = "bad-id";
    /** The host that owns it is absent, blank or no host name. */
    public static final String NO_DOMAIN = "no-domain";
    /** Its name is absent, blank or an unfilled template. */
    public static final String NO_NAME = "no-name";
    /** A field has another JSON type or range than its column; also a record that is no object. */
    public static final String WRONG_TYPE = "wrong-type";
    /** A NUL character stands somewhere in the record; PostgreSQL text and jsonb refuse it. */
    public static final String NUL_CHARACTER = "nul-character";
    /** An unpaired surrogate or bytes that are no UTF-8; jsonb refuses them. */
    public static final String BAD_UNICODE = "bad-unicode";
    /** A date is no ISO 8601 date-time with offset, or its year is outside 1 to 9999. */
    public static final String BAD_DATE = "bad-date";
    /** The bytes are no complete JSON value, or something follows it. */
    public static final String NOT_JSON = "not-json";

    private static final int QUOTE_MAX = 100;

    private final String reason;
    private final String key;

    public BadRecord(String reason, String message) {
        this(reason, message, null);
    }

    private BadRecord(String reason, String message, String key) {
        super(message, null, false, false);
        this.reason = reason;
        this.key = key;
    }

    /** One of the stable codes above. */
    public String reason() {
        return reason;
    }

    /** The key of the record where it could be read, even when it is bad; else null. */
    public String key() {
        return key;
    }

    public BadRecord withKey(String id) {
        return id == null ? this : new BadRecord(reason, getMessage() + " id=" + id, id);
    }

    /** The start of a value in quotes, safe to print and to store. */
    public static String quote(String value) {
        StringBuilder safe = new StringBuilder("\"");
        value.codePoints()
                .limit(QUOTE_MAX)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '\uFFFD' : c)
                .forEach(safe::appendCodePoint);
        return safe.append(value.codePointCount(0, value.length()) > QUOTE_MAX ? "…\"" : "\"")
                .toString();
    }
}
