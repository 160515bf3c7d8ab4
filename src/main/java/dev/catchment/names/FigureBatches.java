package dev.catchment.names;

import dev.catchment.names.figure.FileEntry;
import java.util.Iterator;

/** The figures of a file, so many at a time. */
final class FigureBatches implements Iterator<FigureBatch> {
    /** Lists of so many are taken apart as fast as longer ones, and two of them on their way are a few megabytes. */
    private static final int SIZE = 10_000;

    private final Load load;
    private final Iterator<FileEntry> entries;

    FigureBatches(Load load, Iterator<FileEntry> entries) {
        this.load = load;
        this.entries = entries;
    }

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
