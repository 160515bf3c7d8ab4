package dev.catchment.names;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.FoldedName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Figures on their way to one statement, already in the lists that it takes. */
public final class FigureBatch {
    /** Lists of so many are taken apart as fast as longer ones, and two of them on their way are a few megabytes. */
    private static final int SIZE = 10_000;

    private final StringBuilder years = new StringBuilder();
    private final StringBuilder genders = new StringBuilder();
    private final StringBuilder spellings = new StringBuilder();
    private final StringBuilder keys = new StringBuilder();
    private final StringBuilder counts = new StringBuilder();
    private final List<Map<String, Object>> rejects = new ArrayList<>();
    private int figures;

    /** All of them, and what is counted of each; ends early once the load has failed. */
    static Iterator<FigureBatch> of(Load load, Iterator<FileEntry> entries) {
        return new All(load, entries);
    }

    void add(FileEntry.Figure figure) {
        String comma = figures++ == 0 ? "" : ",";
        years.append(comma).append(figure.year());
        genders.append(comma).append(figure.gender());
        counts.append(comma).append(figure.count());
        String feed = comma.isEmpty() ? "" : "\n";
        spellings.append(feed).append(figure.name());
        keys.append(feed).append(FoldedName.of(figure.name()));
    }

    void add(FileEntry.Unusable unusable) {
        rejects.add(Map.of(
                "position", unusable.position(),
                "reason", unusable.reason(),
                "message", unusable.message(),
                "record", unusable.record().replace("\0", "")));
    }

    int size() {
        return figures + rejects.size();
    }

    List<Map<String, Object>> rejects() {
        return rejects;
    }

    /** The lists of {@code names/insert-figures}. */
    Map<String, Object> lists() {
        Map<String, Object> lists = new HashMap<>();
        lists.put("years", years.toString());
        lists.put("genders", genders.toString());
        lists.put("spellings", spellings.toString());
        lists.put("keys", keys.toString());
        lists.put("counts", counts.toString());
        return lists;
    }

    private record All(Load load, Iterator<FileEntry> entries) implements Iterator<FigureBatch> {
        @Override
        public boolean hasNext() {
            if (load.isFailed()) {
                return false;
            }
            boolean more = entries.hasNext();
            if (!more) {
                load.ended();
            }
            return more;
        }

        @Override
        public FigureBatch next() {
            FigureBatch batch = new FigureBatch();
            while (batch.size() < SIZE && entries.hasNext()) {
                FileEntry entry = entries.next();
                load.count(entry);
                if (entry instanceof FileEntry.Figure figure) {
                    batch.add(figure);
                } else if (entry instanceof FileEntry.Unusable unusable) {
                    batch.add(unusable);
                }
            }
            return batch;
        }
    }
}
