package dev.catchment.flow.walk;

import dev.catchment.errors.PermanentFailure;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Newest first by offset, until a page reaches back beyond a moment, for sources that have no filter for this. While it is
 * walked an update may shift a record onto the next page, never past it.
 */
final class SinceWalk implements Walk {
    private final WalkSource source;

    private final Instant since;

    /** At most as many as the window holds. */
    private final Set<String> seen = new HashSet<>();

    private int offset;
    private boolean atEnd;
    private Instant oldest;

    SinceWalk(WalkSource source, Instant since) {
        this.source = source;
        this.since = since;
    }

    @Override
    public String next(int size) {
        Map<String, String> query = new LinkedHashMap<>(source.kind().since().query());
        query.put("offset", String.valueOf(offset));
        query.put(source.kind().page().params().get("size"), String.valueOf(Math.min(size, window() - offset)));
        return source.url(query);
    }

    private long window() {
        return source.kind().since().most();
    }

    @Override
    public RecordPage take(RecordPage came) {
        List<RawRecord> page = came.records();
        long unknown = page.stream()
                .filter(record -> record.key() == null || seen.add(record.key()))
                .count();
        if (unknown == 0 && !page.isEmpty()) {
            throw new PermanentFailure(
                    "The page at offset %d holds nothing but records of pages before: the API does not advance."
                            .formatted(offset));
        }
        oldest = page.stream()
                .map(RawRecord::updatedAt)
                .filter(Objects::nonNull)
                .flatMap(SinceWalk::moment)
                .min(Instant::compareTo)
                .orElse(oldest);
        offset += page.size();
        atEnd = oldest != null && oldest.isBefore(since) || offset >= window();
        return came;
    }

    private static Stream<Instant> moment(String text) {
        try {
            return Stream.of(OffsetDateTime.parse(text).toInstant());
        } catch (java.time.format.DateTimeParseException e) {
            return Stream.empty(); // the record is rejected later, with this reason
        }
    }

    @Override
    public boolean isAtEnd() {
        return atEnd;
    }

    @Override
    public String cursor() {
        return String.valueOf(offset);
    }

    @Override
    public String note() {
        boolean cut = offset >= window() && oldest != null && !oldest.isBefore(since);
        return cut
                ? "The API shows only the newest %,d records, which reach back to %s: crawl without --since for the rest."
                        .formatted(window(), oldest)
                : null;
    }
}
