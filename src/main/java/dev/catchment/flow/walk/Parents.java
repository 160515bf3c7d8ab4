package dev.catchment.flow.walk;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.kind.Placeholders;
import java.util.Objects;
import java.util.TreeSet;

/** The parents whose lists are walked one after the other: those that a kind names, or those in a list that is walked first. */
final class Parents {
    private final TreeSet<String> keys = new TreeSet<>();
    private PagedWalk listing;

    Parents(Kind kind, Placeholders source) {
        if (kind.parents() != null && kind.parents().list() == null) {
            listing = new PagedWalk(kind.ofParents(), source, null, null);
        } else if (kind.parents() != null) {
            keys.addAll(kind.parents().list());
        }
    }

    boolean areKnown() {
        return listing == null;
    }

    /** The walk through their list; null once they are known. */
    PagedWalk listing() {
        return listing;
    }

    /** Takes in a page of their list. */
    void take(RecordPage came) {
        listing.take(came).records().stream()
                .map(RawRecord::key)
                .filter(Objects::nonNull)
                .forEach(keys::add);
        if (listing.isAtEnd()) {
            requireAll(listing);
            listing = null;
        }
    }

    /** Records of a parent that nobody has heard of would seem to be gone. */
    private static void requireAll(PagedWalk list) {
        if ("window".equals(list.endedBy()) || list.lastTotal() > list.rows()) {
            throw new PermanentFailure(
                    "%,d parents came and %,d were announced: say in the kind, by parents.page, how their list goes on."
                            .formatted(list.rows(), list.lastTotal()));
        }
    }

    boolean contains(String key) {
        return keys.contains(key);
    }

    /** The one after it, which may be there no more; null if it was the last. @param key null: the first */
    String after(String key) {
        return key == null ? keys.isEmpty() ? null : keys.first() : keys.higher(key);
    }
}
