package dev.catchment.flow.kind;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kind of source, as its file declares it; {@code kinds/README.md} says what each key means. Pointers are JSON Pointers
 * into an answer, or into a record where the key is one of a record.
 *
 * @param kind its name, which is that of its file
 * @param check what must stand in an answer: where it does not, the source sent an error with a status of success
 * @param records the array of records; empty if the answer is that array
 * @param total how many there are on all pages together; null if the source does not say
 * @param totalClamped the most that a total announces; null if it tells the truth
 * @param volatileFields pointers to what is no content; a record that differs in nothing else is unchanged
 * @param noise pointers to what is content, but no news where nothing else changed
 * @param bags pointers to lists whose order means nothing
 * @param identity by which rules a record with a new key is known again, in their order
 * @param schedule Quartz cron in UTC, for sources that have none of their own
 * @param room that walks it, and reads and writes its records; null for the harvest
 */
public record Kind(
        String kind,
        String title,
        Match match,
        Request request,
        Auth auth,
        String decode,
        Page page,
        Map<String, JsonNode> check,
        @JsonProperty("error-message") String errorMessage,
        String records,
        String total,
        @JsonProperty("total-clamped") Long totalClamped,
        List<Refusal> refuse,
        Key key,
        Order order,
        Modified modified,
        @JsonProperty("volatile") List<String> volatileFields,
        List<String> noise,
        List<String> bags,
        Parents parents,
        Since since,
        Gone gone,
        Retire retire,
        List<String> identity,
        Polite polite,
        String schedule,
        String room) {

    public Kind {
        check = or(check, Map.of());
        refuse = or(refuse, List.of());
        volatileFields = or(volatileFields, List.of());
        noise = or(noise, List.of());
        bags = or(bags, List.of());
        identity = or(identity, List.of("normal-key", "platform-id", "service-urls", "title-issued"));
        decode = or(decode, "json");
        order = or(order, new Order(null, true));
        retire = or(retire, new Retire(null, null, null));
        polite = or(polite, new Polite(null, null, null, null));
        if (!order.stable() && retire.after() < 2) {
            retire = new Retire(2, retire.maxPercent(), retire.atLeast());
        }
    }

    private static <T> T or(T said, T otherwise) {
        return Objects.requireNonNullElse(said, otherwise);
    }

    /**
     * How a source of the kind is known.
     *
     * @param software ids of the registry of data portals
     * @param endpoint types of endpoints of that registry
     * @param probe path below the URL of a source that answers with JSON where it is of this kind
     */
    public record Match(
            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<String> software,

            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<String> endpoint,

            String probe) {}

    /** What is asked. Values may hold placeholders, see {@link Placeholders}. */
    public record Request(String url, Map<String, String> query, Map<String, String> headers) {
        public Request {
            query = or(query, Map.of());
            headers = or(headers, Map.of());
        }

        /** Whether the address of a source is that of the list, and not a base to which a path is added. */
        public boolean isAddress() {
            return url.equals(Placeholders.ADDRESS);
        }
    }

    /** Where the secret of a source goes. @param on403 {@code drop}: goes on without it; null: the walk fails */
    public record Auth(
            String header,
            String value,
            @JsonProperty("on-403") String on403) {
        public boolean isDroppedOn403() {
            return "drop".equals(on403);
        }
    }

    /**
     * How it pages.
     *
     * @param by single, offset, number, cursor, link, scroll or keyset
     * @param params the names of the parameters for {@code from} (offset, number, cursor, last key) and {@code size}
     * @param first offset, number or cursor of the first page
     * @param size records of a page, to begin with
     * @param smallest records of a page that is not made smaller any more
     * @param next pointer to the URL, cursor, number or offset of the next page; {@code header:Link} for that header
     * @param nextMayLead same-path, same-origin or anywhere
     * @param window offset and size together that the source refuses to go beyond; null if there is none
     * @param end what ends it: empty-page, no-next, total, end-of-document
     */
    public record Page(
            String by,
            Map<String, String> params,
            String first,
            Integer size,
            Integer smallest,
            String next,
            @JsonProperty("next-may-lead") String nextMayLead,
            Long window,
            Beyond beyond,
            List<String> end) {
        public Page {
            params = or(params, Map.of());
            size = or(size, by.equals("single") ? 1000 : 100);
            smallest = or(smallest, 1);
            nextMayLead = or(nextMayLead, "same-path");
            end = or(end, List.of());
            first = or(first, by.equals("number") ? "1" : by.equals("offset") ? "0" : "");
        }

        public String from() {
            return params.get("from");
        }

        /** Whether the source alone says how many records a page has: asked for fewer, it would be asked for the same. */
        public boolean isSizeFixed() {
            return List.of("number", "link", "cursor").contains(by) && params.get("size") == null;
        }

        /** Whether the URL of the next page stands in the header Link, and not in the body. */
        public boolean isNextInHeader() {
            return next != null && next.startsWith("header:");
        }
    }

    /**
     * How to go on beyond the window: by the value that records are ordered by, newest first.
     *
     * @param order parameters of the query
     * @param query parameters that leave out what is newer than {@code {bound}}
     * @param bound pointer to that value in a record
     * @param nulls parameters that ask for records without one; null if there are none
     */
    public record Beyond(
            Map<String, String> order, Map<String, String> query, String bound, Map<String, String> nulls) {
        public Beyond {
            order = or(order, Map.of());
            query = or(query, Map.of());
        }
    }

    /** What a source of the kind must not be. */
    public record Refusal(@JsonProperty("total-above") Long totalAbove, String because) {}

    /** @param at pointers, of which the first with a text or a number counts @param normal none, url or lower @param pattern of a key that is a place to resume from */
    public record Key(
            @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            List<String> at,

            String normal,
            String pattern) {
        /** Scheme and host, then all but a fragment. */
        private static final Pattern ADDRESS = Pattern.compile("(?i)(https?://[^/?#]+)([^#]*)(#.*)?");

        public Key {
            normal = or(normal, "none");
        }

        /** What a key is known by: two that differ in their spelling alone are one. */
        public String normalised(String key) {
            String stripped = key.strip();
            Matcher parts = ADDRESS.matcher(stripped);
            return switch (normal) {
                case "lower" -> stripped.toLowerCase(Locale.ROOT);
                case "url" ->
                    parts.matches()
                            ? parts.group(1).toLowerCase(Locale.ROOT)
                                    + parts.group(2).replaceFirst("/+$", "")
                            : stripped;
                default -> stripped;
            };
        }
    }

    /** @param stable whether nothing shifts while it is walked; if not, one walk alone proves no absence */
    public record Order(String by, Boolean stable) {
        public Order {
            stable = or(stable, true);
        }
    }

    /** @param format iso or epoch-millis */
    public record Modified(String at, String zone, String format) {
        public Modified {
            zone = or(zone, "UTC");
            format = or(format, "iso");
        }
    }

    /**
     * What each of is walked in turn: organisations, catalogues.
     *
     * @param list the keys themselves, instead of a list that is asked for
     * @param page how that list is paged; null: it is one answer
     */
    public record Parents(String url, String records, String key, String total, Page page, List<String> list) {}

    /** The list of its parents as a list of records. */
    public Kind ofParents() {
        Page once = new Page("link", null, null, null, null, null, null, null, null, List.of("no-next"));
        boolean isPaged = parents.page() != null && !parents.page().by().equals("single");
        return new Kind(
                kind,
                title,
                null,
                new Request(parents.url(), null, request.headers()),
                auth,
                decode,
                isPaged ? parents.page() : once,
                null,
                null,
                parents.records(),
                parents.total(),
                null,
                null,
                new Key(List.of(parents.key()), null, null),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                polite,
                null,
                null);
    }

    /**
     * How only what changed is asked for.
     *
     * @param query parameters that leave out what was not changed since {@code {since}}
     * @param overlap how much further back than the beginning of the last walk
     * @param most records that the query shows at most, newest first; null if it is a filter
     * @param fullEvery how often all is asked for nonetheless
     * @param probe unfiltered-total: whether the filter filters is found out first
     */
    public record Since(
            Map<String, String> query,
            String overlap,
            Long most,
            @JsonProperty("full-every") String fullEvery,
            String probe) {
        public Duration overlapTime() {
            return overlap == null ? Duration.ofHours(1) : duration(overlap);
        }

        public Duration fullEveryTime() {
            return fullEvery == null ? Duration.ofDays(7) : duration(fullEvery);
        }
    }

    /**
     * How a source is asked whether a record is gone.
     *
     * @param url of one record, with {@code {key}}
     * @param status that say that it is gone
     * @param batch asks for many at once
     * @param landing pointer to a page in the record that is looked at, where it has one
     */
    public record Gone(String url, List<Integer> status, Batch batch, String landing) {
        public Gone {
            status = or(status, List.of(404, 410));
        }
    }

    /** @param query with {@code {keys}}, separated by commas @param of so many at the most */
    public record Batch(Map<String, String> query, Integer of) {}

    /**
     * When what was not seen is retired.
     *
     * @param after so many complete walks in a row
     * @param maxPercent share of what is held that may go at once
     * @param atLeast so many may go whatever share they are
     */
    public record Retire(
            Integer after,
            @JsonProperty("max-percent") String maxPercent,
            @JsonProperty("at-least") Integer atLeast) {
        public Retire {
            after = or(after, 2);
            maxPercent = or(maxPercent, "10%");
            atLeast = or(atLeast, 5);
        }

        public BigDecimal percent() {
            return new BigDecimal(maxPercent.replace("%", "").strip());
        }
    }

    /**
     * How hard a host may be asked.
     *
     * @param quota name of the header that says how many requests are left
     * @param host whose budget all sources of the kind share, whatever their names; null: each that of its own name
     */
    public record Polite(
            @JsonProperty("requests-per-second") Double requestsPerSecond,
            Integer concurrent,
            String quota,
            String host) {
        public Polite {
            requestsPerSecond = or(requestsPerSecond, 1.0);
            concurrent = or(concurrent, 1);
        }

        public long gapMilliseconds() {
            return (long) Math.ceil(1000 / requestsPerSecond);
        }
    }

    static Duration duration(String written) {
        String text = written.strip();
        return Duration.parse(
                text.endsWith("d") ? "P" + text.replace("d", "D") : "PT" + text.toUpperCase(java.util.Locale.ROOT));
    }
}
