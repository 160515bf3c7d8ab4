package dev.catchment.flow.walk;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.kind.Placeholders;
import dev.catchment.http.HttpCall;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A walk as a kind declares it: by offset, page number, cursor, link, scroll or key, through one list or through that of each
 * parent, and beyond the window of a source by the value that it orders by. Where it stands is all in its cursor.
 */
public final class PagedWalk implements Walk {
    private static final int EMPTY_PAGES_AT_THE_END = 2;
    private static final int EMPTY_PAGES_WITH_A_NEXT = 100;
    private static final Instant LONG_AGO = Instant.EPOCH;
    private static final Instant NEVER_YET = Instant.parse("2999-01-01T00:00:00Z");

    private final Kind kind;
    private final Kind.Page page;
    private final long clamp;
    private final Placeholders source;
    private final SameBound bounds;
    private Instant since;
    private int probes;
    private final Set<String> pages = new HashSet<>();
    private final Parents parents;
    private WalkPlace place;
    private int empty;
    private int askedFor;
    private String endedBy;
    private String note;

    /**
     * @param source what the placeholders of the kind stand for
     * @param since only what changed since; null: everything
     * @param cursor where to go on; null: at the beginning
     */
    public PagedWalk(Kind kind, Placeholders source, Instant since, String cursor) {
        this.kind = kind;
        this.page = kind.page();
        this.clamp = kind.totalClamped() == null ? Long.MAX_VALUE : kind.totalClamped();
        this.source = source;
        this.bounds = page.beyond() == null ? null : new SameBound(page.beyond().bound());
        this.since = since;
        this.probes = since != null
                        && cursor == null
                        && "unfiltered-total".equals(kind.since().probe())
                ? 2
                : 0;
        this.parents = new Parents(kind, source);
        this.place = WalkPlace.read(cursor);
        if (page.by().equals("keyset") && place.phase() == null) {
            place = place.in("beyond", null, null);
        }
        if (kind.parents() != null && parents.areKnown()) {
            enterParents();
        }
    }

    @Override
    public String next(int size) {
        if (!parents.areKnown()) {
            return parents.listing().next(Math.min(size, parents.listing().page.size()));
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
                if (page.params().get("size") == null) {
                    askedFor = place.cap() == 0 ? page.size() : place.cap(); // the source alone decides
                }
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

    /** Goes on with the parent where it stood, if that is still there. */
    private void enterParents() {
        if (place.parent() == null || !parents.contains(place.parent())) {
            goToNextParent("no-next");
        }
    }

    /** @param end of the last list: of the walk, if there is no other */
    private void goToNextParent(String end) {
        String next = parents.after(place.parent());
        if (next == null) {
            endedBy = end;
        } else {
            place = place.of(next);
        }
    }

    @Override
    public RecordPage take(RecordPage came) {
        if (!parents.areKnown()) {
            parents.take(came);
            if (parents.areKnown()) {
                enterParents();
            }
            return came.with(List.of());
        }
        refuse(came);
        if (probes > 0) {
            probe(came.total());
            return came.with(List.of());
        }
        List<RawRecord> records = came.records();
        if (!records.isEmpty() && !pages.add(SameBound.fingerprint(records))) {
            throw new PermanentFailure(
                    "The page came before: the source ignores the parameter %s, or leads in a circle."
                            .formatted(page.from()));
        }
        RecordPage kept = came.with(SameBound.without(records, place.held()));
        long twins = SameBound.twins(kept.records(), kind.key());
        String bound = bounds == null ? null : bounds.last(records);
        empty = records.isEmpty() ? empty + 1 : 0;
        // Beyond the window it is that of the query by the bound.
        if (place.phase() == null || place.total() == 0) {
            place = place.announced(came.total());
        }
        long rows = place.rows() + kept.records().size();
        place = advanced(came, kept, bound, rows).with(0, twins);
        String end = end(came);
        if (end != null) {
            afterList(end);
        }
        return kept;
    }

    @Override
    public boolean isNextInHeader() {
        return parents.areKnown() ? page.isNextInHeader() : parents.listing().isNextInHeader();
    }

    @Override
    public boolean asksAgain() {
        return parents.areKnown() ? empty > 0 : parents.listing().asksAgain();
    }

    @Override
    public boolean canSkip() {
        boolean isCounted =
                page.from() != null && List.of("offset", "number", "keyset").contains(page.by());
        return parents.areKnown() && probes == 0 && isCounted;
    }

    @Override
    public int skip() {
        place = place.moved(place.rows(), place.offset() + askedFor, null, place.bound(), place.held())
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

    @Override
    public boolean isProbing() {
        return probes > 0;
    }

    @Override
    public void leaveFilter() {
        probes = 0;
        since = null;
        note = "The filter by time was refused, so everything was walked.";
    }

    private void refuse(RecordPage came) {
        for (Kind.Refusal refusal : kind.refuse()) {
            // A total may be clamped below what is refused; rows are not.
            long shown = Math.max(came.total(), place.rows() + came.records().size());
            if (refusal.totalAbove() != null && shown > refusal.totalAbove()) {
                throw new PermanentFailure("The source is refused: it has %,d records or more, and %s."
                        .formatted(shown, refusal.because()));
            }
        }
    }

    private WalkPlace advanced(RecordPage came, RecordPage kept, String bound, long rows) {
        int received = came.records().size();
        boolean isByBound = "beyond".equals(place.phase());
        if (isByBound) {
            boolean isSame = Objects.equals(bound, place.bound()) || bound == null;
            if (!isSame) {
                pages.clear(); // the next one begins with what this one ended with
            }
            return place.moved(
                    rows,
                    isSame ? place.offset() + received : 0,
                    null,
                    bound == null ? place.bound() : bound,
                    heldAt(came, bound, isSame));
        }
        return switch (page.by()) {
            case "offset" ->
                place.moved(
                        rows,
                        place.offset() + received,
                        null,
                        bound == null ? place.bound() : bound,
                        heldAt(came, bound, Objects.equals(bound, place.bound())));
            case "number" -> {
                long step = step(came); // and the place knows how long a page is
                yield place.moved(rows, place.offset() + step, null, null, null);
            }
            case "scroll" -> place.moved(rows, 0, lastKey(kept), null, null);
            case "link" ->
                place.moved(rows, 0, received == 0 && came.next() == null ? place.from() : link(came), null, null);
            default -> place.moved(rows, 0, came.next(), null, null);
        };
    }

    /** A page number counts pages of the size that the source gives, which may be less than what was asked for. */
    private long step(RecordPage came) {
        int received = came.records().size();
        boolean isLast = came.total() == received && came.next() == null;
        if (place.offset() == 0 && received > 0 && received < askedFor && !isLast) {
            place = place.capped(received);
            return received;
        }
        return received == 0 ? 0 : askedFor;
    }

    @Override
    public int most() {
        return parents.areKnown()
                ? place.cap() == 0 ? Integer.MAX_VALUE : place.cap()
                : parents.listing().most();
    }

    @Override
    public HttpCall.BodyReader<?> reader(PageReader usual) {
        return parents.areKnown() ? usual::read : new PageReader(parents.listing().kind)::read;
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

    private String link(RecordPage came) {
        String asked = place.from() == null ? filled().url(kind.request().url()) : place.from();
        return NextLink.of(asked, came.next(), page.nextMayLead());
    }

    private List<String> heldAt(RecordPage came, String bound, boolean isSame) {
        return bound == null ? place.held() : bounds.held(came.records(), bound, isSame ? place.held() : null);
    }

    // ---- the end ----

    /** What ends the list that it is in; null if it goes on. */
    private String end(RecordPage came) {
        long rows = place.rows() - place.before();
        boolean isTotalKnown = place.total() > 0 && place.total() < clamp;
        boolean isAllHere = isTotalKnown && rows >= place.total();
        boolean canGoOn = List.of("offset", "number").contains(page.by());
        boolean isNextSaid = came.next() != null && !(canGoOn && came.next().equals("0"));
        if (page.end().contains("no-next") && !isNextSaid && (!canGoOn || !isTotalKnown || isAllHere)) {
            return "no-next";
        }
        if (came.records().isEmpty() && List.of("cursor", "link").contains(page.by()) && isNextSaid) {
            requireAnEnd();
            return null;
        }
        if (came.records().isEmpty()) {
            return isAllHere || empty >= EMPTY_PAGES_AT_THE_END ? "empty-page" : null;
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

    /** A page that names the next one is not the last, but there are sources that name one for ever. */
    private void requireAnEnd() {
        if (empty >= EMPTY_PAGES_WITH_A_NEXT) {
            throw new PermanentFailure(
                    "%d pages in a row were empty, and each named a next one: the source does not say where it ends."
                            .formatted(empty));
        }
    }

    /** Goes on with what comes after a list: what lies beyond the window, what has no bound, the next parent. */
    private void afterList(String end) {
        empty = 0;
        pages.clear(); // what lies beyond begins with what is known, and two parents may share their records
        if (end.equals("window") && page.beyond() != null) {
            place = place.in("beyond", place.bound(), place.held());
        } else if ("beyond".equals(place.phase()) && page.beyond().nulls() != null) {
            place = place.in("nulls", null, null);
        } else if (place.parent() != null) {
            goToNextParent(end);
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

    public long firstTotal() {
        return place.firstTotal();
    }

    /** What the last pages announced; 0 if nothing that is true. */
    public long lastTotal() {
        return place.total() >= clamp ? 0 : place.lastTotal() + place.total();
    }

    /** Whether records that went may have moved others to pages that had come: places are counted from the beginning. */
    public boolean mayHaveShifted() {
        boolean isCounted = List.of("offset", "number").contains(page.by());
        return isCounted && place.phase() == null && lastTotal() > 0 && lastTotal() < place.firstTotal();
    }

    @Override
    public String cursor() {
        return place.text();
    }
}
