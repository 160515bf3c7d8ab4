package dev.catchment.postgres.rows;

import java.time.Instant;
import java.util.Date;

/**
 * The clock of the database, read once and carried on by the time that passes here. The clock of this node may be wrong, or be set
 * while it runs, and other nodes go on with the moments that it writes.
 */
public final class ServerClock {
    private final Instant read;
    private final long since = System.nanoTime();

    /** @param read what the database said just now */
    public ServerClock(Date read) {
        this.read = read.toInstant();
    }

    public Instant now() {
        return read.plusNanos(System.nanoTime() - since);
    }
}
