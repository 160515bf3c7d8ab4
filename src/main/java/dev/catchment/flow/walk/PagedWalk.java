package dev.catchment.flow.walk;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.kind.Placeholders;
import dev.catchment.http.HttpCall;
import dev.catchment.text.Sha256;
import java.net.URI;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * A walk as a kind declares it: by offset, page number, cursor, link, scroll or key, through one list or through that of each
 * parent, and beyond the window of a source by the value that it orders by. Where it stands is all in its cursor.
 */
public final class PagedWalk implements Walk {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .serializationInclusion(JsonInclude.Include.NON_DEFAULT)
            .build();
    /** Records that share a bound and come again with the next page; more are told as duplicates. */
    private static final int MOST_AT_A_BOUND = 10_000;

    private static final int EMPTY_PAGES_AT_THE_END = 2;
    private static final Instant LONG_AGO = Instant.EPOCH;
    private static final Instant NEVER_YET = Instant.parse("2999-01-01T00:00:00Z");

    private final Kind kind;
    private final Kind.Page page;
    private final Placeholders source;
    private Instant since;
    private int probes;
    private final Set<String> pages = new HashSet<>();
    private List<String> parents;
    private Place place;
    private int empty;
    private int askedFor;
    private int cap = Integer.MAX_VALUE;
    private String endedBy;
    private String note;

    /**
     * Where a walk stands, after a page.
     *
     * @param rows that came
     * @param parent whose list it is in; null if there are none
     * @param phase pages, beyond or nulls
     * @param offset in the list, or within the records of one bound
     * @param from cursor, last key or URL of the next page
     * @param bound value of the last record that the source orders by
     * @param held keys that will come again, for the bound is inclusive
     * @param before rows of the parents before
     * @param firstTotal what the first pages announced, all parents together
     * @param lastTotal what the last pages announced, of the parents before
     * @param total what the last page announced
     * @param skipped rows that could not be had
     * @param twins rows whose key another row of their page has
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Place(
            long rows,
            String parent,
            String phase,
            long offset,
            String from,
            String bound,
            List<String> held,
            long before,
            long firstTotal,
            long lastTotal,
            long total,
            long skipped,
            long twins) {
        static final Place BEGINNING = new Place(0, null, null, 0, null, null, null, 0, 0, 0, 0, 0, 0);

        Place with(long moreSkipped, long moreTwins) {
            return new Place(
                    rows,
                    parent,
                    phase,
                    offset,
                    from,
                    bound,
                    held,
                    before,
                    firstTotal,
                    lastTotal,
                    total,
                    skipped + moreSkipped,
                    twins + moreTwins);
        }
    }

    /**
     * Begins, or goes on.
     *
     * @param source what the placeholders of the kind stand for
     * @param since only what changed since; null: everything
     * @param cursor where to go on; null: at the beginning
     */
    public PagedWalk(Kind kind, Placeholders source, Instant since, String cursor) {
        this.kind = kind;
        this.page = kind.page();
        this.source = source;
        this.since = since;
        this.probes = since != null
                        && cursor == null
                        && "unfiltered-total".equals(kind.since().probe())
                ? 2
                : 0;
        this.parents = kind.parents() == null ? List.of() : kind.parents().list();
        this.place = cursor == null ? Place.BEGINNING : read(cursor);
        if (page.by().equals("keyset") && place.phase() == null) {
            place = at("beyond", 0, null, null, null);
        }
        if (kind.parents() != null && parents != null) {
            setParents(parents);
        }
    }

    private static Place read(String cursor) {
        try {
            return JSON.readValue(cursor, Place.class);
        } catch (JsonProcessingException e) {
            throw new PermanentFailure("The cursor of the last run cannot be read: start over with --fresh.");
        }
    }

    // ---- the next page ----

    @Override
    public String next(int size) {
        if (parents == null) {
            return source.url(kind.parents().url());
        }
        if ("link".equals(page.by()) && place.from() != null) {
            return place.from();
        }
        Map<String, String> query =
                new LinkedHashMap<>(filled().values(kind.request().query()));
        if (since != null) {
            Instant moment = probes == 2 ? LONG_AGO : probes == 1 ? NEVER_YET : since;
            Placeholders asked = filled().with(
                            "since", moment.truncatedTo(ChronoUnit.SECONDS).toString());
            query.putAll(asked.values(kind.since().query()));
        }
        askedFor = probes > 0 ? page.smallest() : size;
        if ("beyond".equals(place.phase())) {
            query.putAll(page.beyond().order());
            if (place.bound() != null) {
                query.putAll(filled().with("bound", place.bound())
                        .values(page.beyond().query()));
            }
        } else if ("nulls".equals(place.phase())) {
            query.putAll(page.beyond().nulls());
        }
        from(query);
        if (page.params().get("size") != null) {
            query.put(page.params().get("size"), String.valueOf(askedFor));
        }
        return Placeholders.withQuery(filled().url(kind.request().url()), query);
    }

    private void from(Map<String, String> query) {
        String value = switch (page.by()) {
            case "offset", "keyset" -> {
                if (place.phase() == null && page.window() != null) {
                    askedFor = (int) Math.min(askedFor, page.window() - place.offset());
                }
                yield String.valueOf(Long.parseLong(or(page.first(), "0")) + place.offset());
            }
            case "number" -> {
                // A page of another size begins where the last one ended only if that is a multiple of its size.
                while (place.offset() % askedFor != 0) {
                    askedFor--;
                }
                yield String.valueOf(Long.parseLong(page.first()) + place.offset() / askedFor);
            }
            default -> or(place.from(), page.first());
        };
        if (page.from() != null && !(page.by().equals("keyset") && place.offset() == 0)) {
            query.put(page.from(), value);
        }
    }

    private static String or(String value, String otherwise) {
        return value == null || value.isEmpty() ? otherwise : value;
    }

    private Placeholders filled() {
        return place.parent() == null ? source : source.with("parent", place.parent());
    }

    // ---- what came ----

    /** @param keys of the parents */
    void setParents(List<String> keys) {
        parents = List.copyOf(new TreeSet<>(keys));
        if (place.parent() != null && parents.contains(place.parent())) {
            return;
        }
        String after = place.parent();
        String next = parents.stream()
                .filter(key -> after == null || key.compareTo(after) > 0)
                .findFirst()
                .orElse(null);
        if (next == null) {
            endedBy = "no-next";
        } else {
            place = new Place(
                    place.rows(),
                    next,
                    null,
                    0,
                    null,
                    null,
                    null,
                    place.rows(),
                    place.firstTotal(),
                    place.lastTotal() + place.total(),
                    0,
                    place.skipped(),
                    place.twins());
        }
    }

    @Override
    public RecordPage take(RecordPage came) {
        if (parents == null) {
            setParents(came.records().stream()
                    .map(RawRecord::key)
                    .filter(Objects::nonNull)
                    .toList());
            return came.with(List.of());
        }
        refuse(came);
        if (probes > 0) {
            probe(came.total());
            return came.with(List.of());
        }
        List<RawRecord> records = came.records();
        if (!records.isEmpty() && !pages.add(fingerprint(records))) {
            throw new PermanentFailure(
                    "The page came before: the source ignores the parameter %s, or leads in a circle."
                            .formatted(page.from()));
        }
        RecordPage kept = came.with(notHeld(records));
        long twins = twins(kept.records());
        String bound = records.isEmpty() || page.beyond() == null ? null : bound(records);
        empty = records.isEmpty() ? empty + 1 : 0;
        if (came.total() > 0) {
            boolean isFirst = place.total() == 0;
            place = new Place(
                    place.rows(),
                    place.parent(),
                    place.phase(),
                    place.offset(),
                    place.from(),
                    place.bound(),
                    place.held(),
                    place.before(),
                    place.firstTotal() + (isFirst ? came.total() : 0),
                    place.lastTotal(),
                    came.total(),
                    place.skipped(),
                    place.twins());
        }
        long rows = place.rows() + kept.records().size();
        place = advanced(came, kept, bound, rows).with(0, twins);
        String end = end(came);
        if (end != null) {
            afterList(end);
        }
        return kept;
    }

    /** Rows whose key another one of them has. */
    static long twins(List<RawRecord> records) {
        List<String> keys =
                records.stream().map(RawRecord::key).filter(Objects::nonNull).toList();
        return keys.size() - Set.copyOf(keys).size();
    }

    @Override
    public boolean asksAgain() {
        return empty > 0;
    }

    @Override
    public boolean canSkip() {
        boolean isCounted =
                page.from() != null && List.of("offset", "number", "keyset").contains(page.by());
        return parents != null && probes == 0 && isCounted;
    }

    @Override
    public int skip() {
        place = moved(place.rows(), place.offset() + askedFor, null, place.bound(), place.held())
                .with(askedFor, 0);
        return askedFor;
    }

    @Override
    public long skipped() {
        return place.skipped();
    }

    @Override
    public long twins() {
        return place.twins();
    }

    /** Behind some gateways a filter is ignored, or finds nothing for ever: then everything is walked. */
    private void probe(long total) {
        boolean isRight = probes == 2 ? total > 0 : total == 0;
        probes = isRight ? probes - 1 : 0;
        if (!isRight) {
            since = null;
            note = "The filter by time does not filter, so everything was walked.";
        }
    }

    private void refuse(RecordPage came) {
        for (Kind.Refusal refusal : kind.refuse()) {
            if (refusal.totalAbove() != null && came.total() > refusal.totalAbove()) {
                throw new PermanentFailure("The source is refused: it announces %,d records, and %s."
                        .formatted(came.total(), refusal.because()));
            }
        }
    }

    private static String fingerprint(List<RawRecord> records) {
        StringBuilder keys = new StringBuilder();
        records.forEach(record ->
                keys.append(record.key() == null ? record.text() : record.key()).append('\n'));
        return Sha256.of(keys.toString());
    }

    private List<RawRecord> notHeld(List<RawRecord> records) {
        if (place.held() == null || place.held().isEmpty()) {
            return records;
        }
        Set<String> held = Set.copyOf(place.held());
        return records.stream().filter(record -> !held.contains(record.key())).toList();
    }

    private String bound(List<RawRecord> records) {
        return new RecordValue(page.beyond().bound()).of(records.get(records.size() - 1));
    }

    private Place advanced(RecordPage came, RecordPage kept, String bound, long rows) {
        int received = came.records().size();
        boolean isByBound = "beyond".equals(place.phase());
        if (isByBound) {
            boolean isSame = Objects.equals(bound, place.bound()) || bound == null;
            if (!isSame) {
                pages.clear(); // the next one begins with what this one ended with
            }
            return moved(
                    rows,
                    isSame ? place.offset() + received : 0,
                    null,
                    bound == null ? place.bound() : bound,
                    atBound(came, bound, isSame));
        }
        return switch (page.by()) {
            case "offset" ->
                moved(
                        rows,
                        place.offset() + received,
                        null,
                        bound == null ? place.bound() : bound,
                        atBound(came, bound, Objects.equals(bound, place.bound())));
            case "number" -> moved(rows, place.offset() + step(came), null, null, null);
            case "scroll" -> moved(rows, 0, lastKey(kept), null, null);
            case "link" ->
                moved(rows, 0, received == 0 && came.next() == null ? place.from() : link(came.next()), null, null);
            default -> moved(rows, 0, came.next(), null, null);
        };
    }

    /** A page number counts pages of the size that the source gives, which may be less than what was asked for. */
    private long step(RecordPage came) {
        int received = came.records().size();
        boolean isCapped =
                place.offset() == 0 && received < askedFor && (came.total() > received || came.next() != null);
        if (isCapped && received > 0) {
            cap = received;
            return received;
        }
        return received == 0 ? 0 : askedFor;
    }

    @Override
    public int most() {
        return cap;
    }

    @Override
    public HttpCall.BodyReader<?> reader(PageReader usual) {
        return parents == null ? new PageReader(kind.parents())::read : usual::read;
    }

    @Override
    public boolean knowsItsEnd() {
        return true;
    }

    @Override
    public String cursorAfter(List<String> keys) {
        return cursor();
    }

    private String lastKey(RecordPage kept) {
        String last = place.from();
        for (RawRecord record : kept.records()) {
            last = record.key() == null ? last : record.key();
        }
        if (!kept.records().isEmpty() && Objects.equals(last, place.from())) {
            throw new PermanentFailure(
                    "The page after %s ends where it began: the source does not advance.".formatted(last));
        }
        return last;
    }

    /** @throws PermanentFailure if it leads away */
    private String link(String next) {
        if (next == null) {
            return null;
        }
        URI asked =
                URI.create(place.from() == null ? filled().url(kind.request().url()) : place.from());
        URI leads = asked.resolve(next.replace(" ", "%20"));
        boolean isSameOrigin = Objects.equals(asked.getRawAuthority(), leads.getRawAuthority());
        boolean isSamePath = isSameOrigin && Objects.equals(or(asked.getPath(), "/"), or(leads.getPath(), "/"));
        boolean isAllowed = page.nextMayLead().equals("anywhere")
                || isSamePath
                || isSameOrigin && page.nextMayLead().equals("same-origin");
        if (!isAllowed) {
            throw new PermanentFailure(
                    "The next page is said to be %s, which is not %s: following it would leave the collection."
                            .formatted(
                                    leads, page.nextMayLead().equals("same-path") ? "the same path" : "the same host"));
        }
        return leads.toString();
    }

    private List<String> atBound(RecordPage came, String bound, boolean isSame) {
        if (page.beyond() == null || bound == null) {
            return place.held();
        }
        List<String> keys = new ArrayList<>(isSame && place.held() != null ? place.held() : List.of());
        RecordValue value = new RecordValue(page.beyond().bound());
        for (RawRecord record : came.records()) {
            if (record.key() != null && bound.equals(value.of(record))) {
                keys.add(record.key());
            }
        }
        return keys.size() > MOST_AT_A_BOUND ? null : keys;
    }

    private Place at(String phase, long offset, String from, String bound, List<String> held) {
        return new Place(
                place.rows(),
                place.parent(),
                phase,
                offset,
                from,
                bound,
                held,
                place.before(),
                place.firstTotal(),
                place.lastTotal(),
                place.total(),
                place.skipped(),
                place.twins());
    }

    private Place moved(long rows, long offset, String from, String bound, List<String> held) {
        return new Place(
                rows,
                place.parent(),
                place.phase(),
                offset,
                from,
                bound,
                held,
                place.before(),
                place.firstTotal(),
                place.lastTotal(),
                place.total(),
                place.skipped(),
                place.twins());
    }

    // ---- the end ----

    /** What ends the list that it is in; null if it goes on. */
    private String end(RecordPage came) {
        long rows = place.rows() - place.before();
        boolean isTotalKnown = place.total() > 0 && !isClamped(place.total());
        boolean isAllHere = isTotalKnown && rows >= place.total();
        boolean canGoOn = List.of("offset", "number").contains(page.by());
        boolean isNextSaid = came.next() != null && !(canGoOn && came.next().equals("0"));
        if (page.end().contains("no-next") && !isNextSaid) {
            if (!canGoOn || !isTotalKnown || isAllHere) {
                return "no-next";
            }
        }
        if (came.records().isEmpty()) {
            boolean isEnd = isAllHere && isTotalKnown || empty >= EMPTY_PAGES_AT_THE_END;
            return isEnd ? "empty-page" : null;
        }
        if (isAllHere && page.end().contains("total") && !page.end().contains("empty-page")) {
            return "total";
        }
        if (List.of("cursor", "link").contains(page.by()) && place.from() == null) {
            return "no-next";
        }
        if (place.phase() == null && page.window() != null && place.offset() >= page.window()) {
            return isAllHere ? "total" : "window";
        }
        return null;
    }

    private boolean isClamped(long total) {
        return kind.totalClamped() != null && total >= kind.totalClamped();
    }

    /** Goes on with what comes after a list: what lies beyond the window, what has no bound, the next parent. */
    private void afterList(String end) {
        empty = 0;
        pages.clear(); // what lies beyond begins with what is known, and two parents may share their records
        if (end.equals("window") && page.beyond() != null) {
            place = at("beyond", 0, null, place.bound(), place.held());
        } else if ("beyond".equals(place.phase()) && page.beyond().nulls() != null) {
            place = at("nulls", 0, null, null, null);
        } else if (place.parent() != null) {
            endedBy = end;
            String next = parents.stream()
                    .filter(key -> key.compareTo(place.parent()) > 0)
                    .findFirst()
                    .orElse(null);
            if (next != null) {
                endedBy = null;
                place = new Place(
                        place.rows(),
                        next,
                        null,
                        0,
                        null,
                        null,
                        null,
                        place.rows(),
                        place.firstTotal(),
                        place.lastTotal() + place.total(),
                        0,
                        place.skipped(),
                        place.twins());
            }
        } else {
            endedBy = end;
        }
    }

    @Override
    public String note() {
        return note;
    }

    @Override
    public boolean isAtEnd() {
        return endedBy != null;
    }

    /** empty-page, no-next, total or window, which is no end of the source; null if it did not come to one. */
    public String endedBy() {
        return endedBy;
    }

    @Override
    public long rows() {
        return place.rows();
    }

    /** What the first pages announced; 0 if nothing. */
    public long firstTotal() {
        return place.firstTotal();
    }

    /** What the last pages announced; 0 if nothing that is true. */
    public long lastTotal() {
        return isClamped(place.total()) ? 0 : place.lastTotal() + place.total();
    }

    /** Whether records that went may have moved others to pages that had come: places are counted from the beginning. */
    public boolean mayHaveShifted() {
        boolean isCounted = List.of("offset", "number").contains(page.by());
        return isCounted && place.phase() == null && lastTotal() > 0 && lastTotal() < place.firstTotal();
    }

    @Override
    public String cursor() {
        try {
            return place.equals(Place.BEGINNING) ? null : JSON.writeValueAsString(place);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
