package dev.catchment.flow.walk;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.http.HttpAnswer;
import dev.catchment.http.HttpCall;
import dev.catchment.http.Spool;
import java.util.List;

/** A way through the pages of a source: which one comes next. */
public interface Walk extends AutoCloseable {
    /** The URL of the next page of at most {@code size} records. */
    String next(int size);

    /**
     * Takes in the page that came.
     *
     * @return the page that is to be written: without what it brought once more, as it had to
     * @throws PermanentFailure if going on from it would lose records
     */
    RecordPage take(RecordPage page);

    /** Whether nothing more is wanted, though there may be more. */
    default boolean isAtEnd() {
        return false;
    }

    /** Whether {@link #isAtEnd} says where its source ends; else two empty pages in a row do, and are judged. */
    default boolean knowsItsEnd() {
        return false;
    }

    /** Where it stands, as the ledger keeps it; null at the beginning. */
    String cursor();

    /** Rows that came before the next page, those of the runs that this one goes on with too; 0 where nobody counts. */
    default long rows() {
        return 0;
    }

    /** The last key of a walk in the order of keys; null if none came, or the order is another. */
    default String lastKey() {
        return null;
    }

    /** Records of a page that the source gives at the most, as far as it has shown. */
    default int most() {
        return Integer.MAX_VALUE;
    }

    /** Whether the next page was asked for already, and came empty. */
    default boolean asksAgain() {
        return true;
    }

    /** Whether it can go on behind records that cannot be had. */
    default boolean canSkip() {
        return false;
    }

    /** Goes on behind the records that were asked for last. @return how many they are at the most */
    default int skip() {
        throw new UnsupportedOperationException();
    }

    /** Whether it is finding out if the source filters as it is asked to. */
    default boolean isProbing() {
        return false;
    }

    /** Goes on without the filter that the source refuses. */
    default void leaveFilter() {
        throw new UnsupportedOperationException();
    }

    /** Rows that were not had, those of the runs that this one goes on with too. */
    default long skipped() {
        return 0;
    }

    /** Rows whose key another row of their page has, those of the runs that this one goes on with too. */
    default long twins() {
        return 0;
    }

    /** What reads the next answer. @param usual what reads a page of records */
    default HttpCall.BodyReader<?> reader(PageReader usual) {
        return usual::read;
    }

    /** Where the next answer goes, if it is a document that is asked for as a whole; null: to memory, a page. */
    default Spool spool() {
        return null;
    }

    /** Whether the URL of the next page stands in the header Link of an answer. */
    default boolean isNextInHeader() {
        return false;
    }

    /** Whether the next page is within what came already. */
    default boolean holdsMore() {
        return false;
    }

    /** The next page of what came already, of at most {@code size} records. */
    default HttpAnswer readOn(int size) {
        throw new UnsupportedOperationException();
    }

    /** An answer that may hold more than one page, opened: the first of them. */
    default HttpAnswer open(HttpAnswer answer, int size) {
        return answer;
    }

    /** Where a run resumes after a page. @param keys of its records, without those that are none @return null if nobody knows */
    default String cursorAfter(List<String> keys) {
        return keys.isEmpty() ? null : cursor();
    }

    /** Lets go of what it holds. */
    @Override
    default void close() {
        // most hold nothing
    }

    /** What the operator should know of how it ended; null for nothing. */
    default String note() {
        return null;
    }
}
