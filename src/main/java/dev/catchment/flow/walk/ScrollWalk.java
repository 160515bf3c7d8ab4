package dev.catchment.flow.walk;

import dev.catchment.errors.PermanentFailure;
import java.util.List;

/**
 * The scroll: pages in the order of their keys, each asked for by the last key of the one before. Its end shows as an empty
 * page. The cursor is sent on the first page too, empty: without it that page may come in another order, and continuing
 * from its last key would lose every lower one.
 */
final class ScrollWalk implements Walk {
    private final WalkKind kind;
    private String cursor;

    ScrollWalk(WalkKind kind, String cursor) {
        this.kind = kind;
        this.cursor = cursor;
    }

    @Override
    public String query(int size) {
        return kind.scroll(cursor, size);
    }

    @Override
    public void take(List<RawRecord> page) {
        String last = cursor;
        for (RawRecord each : page) {
            if (kind.isKey(each.key())) {
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
