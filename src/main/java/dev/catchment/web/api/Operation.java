package dev.catchment.web.api;

import java.util.List;

/**
 * What may be asked.
 *
 * @param path with the names of its parameters in braces
 * @param isList whether many rows answer it, a page at a time
 * @param fields of one row that are shown, in their order
 * @param sent what may be sent with it; null if nothing
 * @param done of one that acts: what is said when it is done, and where to look; null for one that reads
 */
public record Operation(
        String id,
        String method,
        String path,
        List<Parameter> parameters,
        boolean isList,
        List<String> fields,
        Sent sent,
        Done done) {
    /**
     * A body.
     *
     * @param types media types it may have; of the first it is if nothing is said
     * @param description in words; empty if there is none
     */
    public record Sent(boolean isRequired, List<String> types, String description) {}

    /** Whether this is the address of one. */
    boolean isAt(String address) {
        return address.matches(path.replace(".", "\\.").replaceAll("\\{[^}]*}", "[^/]+"));
    }

    /** Whether feed readers ask it. */
    boolean isFeed() {
        return path.startsWith("/feeds/");
    }

    /**
     * What is said when something was done or begun.
     *
     * @param status 200 if it is done, 202 if it is begun
     * @param message in words; null if the route says it
     * @param look the address where to look, with the names of parameters in braces
     */
    public record Done(int status, String message, String look) {}
}
