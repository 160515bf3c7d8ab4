package dev.catchment.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a program was given that asks again and again for the changes after the last one that it knows: each once, in their order. */
final class ReadChanges {
    private final String reader;
    private final List<String> wrong = new CopyOnWriteArrayList<>();
    private final Set<Long> read = new TreeSet<>();
    private volatile long last;

    /** @param reader the room that it asks, for what is said of it */
    ReadChanges(String reader) {
        this.reader = reader;
    }

    /** The number to ask after. */
    long last() {
        return last;
    }

    void take(long number) {
        if (number <= last) {
            wrong.add(reader + ": change " + number + " was given to who had asked for what came after " + last);
        }
        last = Math.max(last, number);
        read.add(number);
    }

    /** @return what is waited for; empty if nothing */
    String unrest(LabDatabase database) {
        // In this order: what is published in between is newer.
        boolean isPublished = database.unpublished() == 0;
        long newest = database.number("select coalesce(max(number), 0) from harvest.changes");
        return isPublished && last >= newest ? "" : "changes up to " + newest + ", read up to " + last;
    }

    /** Once nobody reads any more. */
    List<String> violations(LabDatabase database) {
        List<String> all = new ArrayList<>(wrong);
        Set<Long> published = new TreeSet<>();
        database.texts("select number from harvest.changes where number is not null")
                .forEach(number -> published.add(Long.valueOf(number)));
        if (!published.equals(read)) {
            Set<Long> lost = new TreeSet<>(published);
            lost.removeAll(read);
            Set<Long> madeUp = new TreeSet<>(read);
            madeUp.removeAll(published);
            all.add(reader + ": changes that were not read: " + lost + "; made up: " + madeUp);
        }
        return all;
    }
}
