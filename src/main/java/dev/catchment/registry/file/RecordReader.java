package dev.catchment.registry.file;

import java.io.InputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** The records of an index file, whatever its {@link Shape}. */
public final class RecordReader implements Iterator<SeedRecord> {
    private final JsonScanner scanner;
    private Shape shape;
    private SeedRecord upcoming;
    private long index;
    private boolean ended;

    /** @param most bytes of the largest record that is read */
    public RecordReader(InputStream in, int most) {
        scanner = new JsonScanner(in, most);
    }

    /** @throws BrokenFile where the file breaks off; asking again then says that nothing more comes */
    @Override
    public boolean hasNext() {
        if (upcoming == null && !ended) {
            ended = true; // and stays so, if what follows throws
            shape = shape == null ? Shape.of(scanner) : shape;
            Shape.Cut cut = shape.next();
            ended = cut == null;
            upcoming = ended ? null : new SeedRecord(cut, ++index);
        }
        return upcoming != null;
    }

    /** The record that next() gives, if hasNext() said so. */
    public SeedRecord upcoming() {
        return upcoming;
    }

    @Override
    public SeedRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        SeedRecord record = upcoming;
        upcoming = null;
        return record;
    }
}
