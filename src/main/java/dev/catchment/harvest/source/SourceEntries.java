package dev.catchment.harvest.source;

import java.io.Closeable;
import java.io.IOException;

/** The entries of a file, one after the other: however many there are, one is held. */
interface SourceEntries extends Closeable {
    /**
     * The next one; null at the end.
     *
     * @throws dev.catchment.errors.PermanentFailure if the file cannot be read on, with the place and the reason
     */
    SourceEntry next() throws IOException;
}
