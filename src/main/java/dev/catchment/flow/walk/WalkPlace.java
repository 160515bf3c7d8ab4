package dev.catchment.flow.walk;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.errors.PermanentFailure;
import java.util.List;

/**
 * Where a walk stands, after a page: what the ledger keeps as its cursor.
 *
 * @param rows that came
 * @param parent whose list it is in; null if there are none
 * @param phase pages (null), beyond or nulls
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
 * @param cap rows that a page has at the most, whatever is asked for; 0 if that is not known
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
@JsonIgnoreProperties(ignoreUnknown = true) // From here on a node may go on with what one of a later version began.
record WalkPlace(
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
        long twins,
        int cap) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final WalkPlace BEGINNING = new WalkPlace(0, null, null, 0, null, null, null, 0, 0, 0, 0, 0, 0, 0);

    /** @param cursor null: the beginning */
    static WalkPlace read(String cursor) {
        try {
            return cursor == null ? BEGINNING : JSON.readValue(cursor, WalkPlace.class);
        } catch (JsonProcessingException e) {
            throw new PermanentFailure("The cursor of the last run cannot be read: start over with --fresh.");
        }
    }

    /** Null at the beginning. */
    String text() {
        try {
            return equals(BEGINNING) ? null : JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** At the beginning of the list of the next parent. */
    WalkPlace of(String next) {
        return new WalkPlace(
                rows, next, null, 0, null, null, null, rows, firstTotal, lastTotal + total, 0, skipped, twins, 0);
    }

    /** At the beginning of another phase of the same list. */
    WalkPlace in(String next, String boundThere, List<String> heldThere) {
        return new WalkPlace(
                rows,
                parent,
                next,
                0,
                null,
                boundThere,
                heldThere,
                before,
                firstTotal,
                lastTotal,
                total,
                skipped,
                twins,
                cap);
    }

    WalkPlace moved(long rowsNow, long offsetNow, String fromNow, String boundNow, List<String> heldNow) {
        return new WalkPlace(
                rowsNow,
                parent,
                phase,
                offsetNow,
                fromNow,
                boundNow,
                heldNow,
                before,
                firstTotal,
                lastTotal,
                total,
                skipped,
                twins,
                cap);
    }

    /** @param said what a page announced; 0 if nothing */
    WalkPlace announced(long said) {
        if (said == 0) {
            return this;
        }
        return new WalkPlace(
                rows,
                parent,
                phase,
                offset,
                from,
                bound,
                held,
                before,
                firstTotal + (total == 0 ? said : 0),
                lastTotal,
                said,
                skipped,
                twins,
                cap);
    }

    /** @param most rows that a page of this source has, whatever is asked for */
    WalkPlace capped(int most) {
        return new WalkPlace(
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
                skipped,
                twins,
                most);
    }

    WalkPlace with(long moreSkipped, long moreTwins) {
        return new WalkPlace(
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
                twins + moreTwins,
                cap);
    }
}
