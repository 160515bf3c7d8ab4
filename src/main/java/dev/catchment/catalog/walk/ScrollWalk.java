package dev.catchment.catalog.walk;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.text.FourByFour;
import java.util.List;

/**
 * The deep scroll: pages in the order of their ids, each asked for by the last id of the one before. Its end shows
 * as an empty page. The parameter is sent on the first page too, empty: without it that page comes by
 * relevance, and going on from its last id loses every lower id.
 */
public final class ScrollWalk implements Walk {

    private String cursor;

    public ScrollWalk(String cursor) {
        this.cursor = cursor;
    }

    static boolean isId(String id) {
        return FourByFour.is(id);
    }

    @Override
    public String query(int size) {
        return "scroll_id=" + (cursor == null ? "" : cursor) + "&limit=" + size;
    }

    @Override
    public void take(List<RawRecord> page) {
        String last = cursor;
        for (RawRecord each : page) {
            if (isId(each.id())) {
                if (last != null && each.id().compareTo(last) < 0) {
                    throw new PermanentFailure(
                            "The page is not in the order of its ids (%s after %s): continuing from it would lose records."
                                    .formatted(each.id(), last));
                }
                last = each.id();
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
    public String lastId() {
        return cursor;
    }
}
