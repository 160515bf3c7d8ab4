package dev.catchment.flow.walk;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.kind.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scroll: pages in the order of their keys, each asked for by the last key of the one before. Its end shows as an empty
 * page. The cursor is sent on the first page too, empty: without it that page may come in another order, and continuing
 * from its last key would lose every lower one.
 */
final class ScrollWalk implements Walk {
    private final WalkSource source;
    private String cursor;

    ScrollWalk(WalkSource source, String cursor) {
        this.source = source;
        this.cursor = cursor;
    }

    @Override
    public String next(int size) {
        Kind.Page page = source.kind().page();
        Map<String, String> query = new LinkedHashMap<>();
        query.put(page.from(), cursor == null ? page.first() : cursor);
        query.put(page.params().get("size"), String.valueOf(size));
        return source.url(query);
    }

    @Override
    public RecordPage take(RecordPage came) {
        List<RawRecord> page = came.records();
        String last = cursor;
        for (RawRecord each : page) {
            if (source.isKey(each.key())) {
                if (last != null && each.key().compareTo(last) < 0) {
                    throw new PermanentFailure(
                            "The page is not in the order of its ids (%s after %s): continuing from it would lose records."
                                    .formatted(each.key(), last));
                }
                last = each.key();
            }
        }
        if (!page.isEmpty() && (last == null || last.equals(cursor))) {
            throw new PermanentFailure(
                    "The page after %s ends where it began: the API does not advance.".formatted(cursor));
        }
        cursor = last;
        return came;
    }

    @Override
    public String cursor() {
        return cursor;
    }

    @Override
    public String lastKey() {
        return cursor;
    }
}
