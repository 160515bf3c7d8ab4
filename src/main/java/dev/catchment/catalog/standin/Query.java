package dev.catchment.catalog.standin;

import dev.catchment.flow.standin.Parameters;
import dev.catchment.flow.standin.RefusedRequest;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a valid request asks for. The rules and messages are those of the Discovery API reference (dev.socrata.com,
 * 2024). Documented parameters and orders that no crawl of ours uses are refused rather than quietly ignored.
 *
 * @param scrollId records after this id, by id; empty for the first page; absent without scrolling
 * @param order    the order without scrolling
 * @param offset   records to leave out
 * @param limit    records to give at the most
 * @param filter   which records count
 */
record Query(Optional<String> scrollId, Comparator<StandInRecord> order, int offset, int limit, Filter filter) {

    /** The furthest record that offset and limit reach, and the highest {@code resultSetSize} ever told. */
    static final int WINDOW = 10_000;

    private static final Pattern ID = Pattern.compile("[0-9a-z]{4}-[0-9a-z]{4}");
    private static final Set<String> DIRECTIONS = Set.of("", "ASC", "DESC");
    private static final Set<String> SERVED =
            Set.of("domains", "ids", "limit", "offset", "order", "scroll_id", "$$app_token");
    private static final Set<String> DOCUMENTED = Set.of(
            "approval_status",
            "attribution",
            "audience",
            "categories",
            "column_names",
            "derived",
            "derived_from",
            "explicitly_hidden",
            "for_user",
            "license",
            "locale",
            "min_should_match",
            "names",
            "only",
            "parent_ids",
            "provenance",
            "public",
            "published",
            "q",
            "search_context",
            "shared_to",
            "show_score",
            "show_visibility",
            "submitter_id",
            "tags",
            "visibility");

    /**
     * Which records count; an empty set asks for all.
     *
     * @param nothing whether a custom-metadata field that no record has is asked for
     */
    record Filter(Set<String> ids, Set<String> domains, boolean nothing) {

        boolean isOpen() {
            return ids.isEmpty() && domains.isEmpty() && !nothing;
        }

        boolean accepts(StandInRecord entry) {
            return !nothing
                    && (ids.isEmpty() || ids.contains(entry.id()))
                    && (domains.isEmpty() || domains.contains(entry.domain()));
        }
    }

    /** Errors: a {@link RefusedRequest} with the status and message of the real service. */
    static Query of(Parameters parameters) {
        refuseWhatIsNotServed(parameters);
        refuseContradictions(parameters);
        int offset = parameters.number("offset", 0, Integer.MAX_VALUE);
        int limit = parameters.number("limit", 100, WINDOW);
        if ((long) offset + limit > WINDOW) {
            throw new RefusedRequest(400, "Sum of `offset` and `limit` cannot exceed " + WINDOW);
        }
        Optional<String> scrollId = parameters.first("scroll_id");
        scrollId.filter(id -> !id.isEmpty()).ifPresent(Query::requireId);
        return new Query(
                scrollId, order(parameters.first("order").orElse("relevance")), offset, limit, filter(parameters));
    }

    private static void refuseWhatIsNotServed(Parameters parameters) {
        parameters.values().keySet().stream()
                .filter(DOCUMENTED::contains)
                .findFirst()
                .ifPresent(name -> {
                    throw new RefusedRequest(
                            400, "The stand-in does not know the parameter '%s' of the real service".formatted(name));
                });
    }

    private static void refuseContradictions(Parameters parameters) {
        for (String other : new String[] {"order", "offset"}) {
            if (parameters.has("scroll_id") && parameters.has(other)) {
                throw new RefusedRequest(
                        400, "The `%s` and `scroll_id` parameters cannot both be specified".formatted(other));
            }
        }
    }

    private static Filter filter(Parameters parameters) {
        Set<String> ids = parameters.set("ids");
        ids.forEach(Query::requireId);
        Set<String> domains = parameters.set("domains").stream()
                .map(domain -> domain.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        // What the service does not know it takes for a custom-metadata field: no error, no results.
        return new Filter(ids, domains, !SERVED.containsAll(parameters.values().keySet()));
    }

    private static Comparator<StandInRecord> order(String value) {
        String[] words = value.trim().split(" +", 2);
        String direction = words.length == 1 ? "" : words[1];
        if (!DIRECTIONS.contains(direction)) {
            throw new RefusedRequest(400, "'%s' is not a supported sort".formatted(value));
        }
        return switch (words[0]) {
            // The best and the latest come first if nothing is said, the lowest id too.
            case "relevance" ->
                direction.equals("ASC") ? StandInRecord.BY_RELEVANCE.reversed() : StandInRecord.BY_RELEVANCE;
            case "updatedAt" -> direction.equals("ASC") ? StandInRecord.OLDEST_FIRST : StandInRecord.NEWEST_FIRST;
            case "dataset_id" -> direction.equals("DESC") ? StandInRecord.BY_ID.reversed() : StandInRecord.BY_ID;
            default -> throw new RefusedRequest(400, "'%s' is not a supported sort".formatted(value));
        };
    }

    private static void requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new RefusedRequest(
                    400, "Id '%s' is incorrectly formatted and will not identify any asset.".formatted(id));
        }
    }
}
