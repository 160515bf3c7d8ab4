package dev.catchment.flow.standin;

/** A way in which one answer of the stand-in goes wrong; the same question asked again is answered well. */
public enum Fault {
    /** Nothing goes wrong; leaves a gap in a queue of faults. */
    NONE,
    /** Status 429 whose {@code Retry-After} is a number of seconds. */
    THROTTLED_FOR_SECONDS,
    /** Status 429 whose {@code Retry-After} is an HTTP date. */
    THROTTLED_UNTIL_DATE,
    /** Status 429 without {@code Retry-After}, its body in HTML. */
    THROTTLED,
    /** Status 500 with a JSON error. */
    BROKEN,
    /** Status 503 with the HTML page of a front server. */
    UNAVAILABLE,
    /** Status 200 with half of the JSON, cleanly ended. */
    TRUNCATED,
    /** Status 200 with an HTML page instead of JSON. */
    HTML,
    /** Status 200, the length of a whole page, half of it, and then the connection closes; seen over HTTP/1.1 only. */
    DROPPED,
    /** No answer until the client gives up, the stand-in stops, or five minutes are over. */
    HANG,
    /** Status 200 with a body of no bytes. */
    EMPTY,
    /** The right records in the wrong order, last first; never part of the schedule. */
    UNSORTED,
    /** The first page again, whatever was asked for; never part of the schedule. */
    NOT_ADVANCING,
    /** A page without records in the middle; never part of the schedule. */
    EMPTY_PAGE
}
