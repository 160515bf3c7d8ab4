package dev.catchment.web.api;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.catchment.postgres.rows.RowStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Rows as the bytes of a CSV or NDJSON file, made as they are read: whoever reads slowly is not hurried, and nothing piles up.
 * Not for several threads, but for {@link #close}.
 */
class RowsInput extends InputStream {
    /** How many are read at once. */
    static final int ROWS = 100;

    /** Slower than any line: whoever takes less a second, on average, keeps a connection for its own sake. */
    private static final long SLOWEST = 1_000;

    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(1);

    private final RowStream rows;
    private final Asked asked;
    private final ByteArrayOutputStream made = new ByteArrayOutputStream();
    private byte[] ready = new byte[0];
    private int at;
    private boolean isBegun;
    private volatile boolean isClosed;
    private volatile long movedAt = System.nanoTime();
    private long givenAt = movedAt;
    private long given;
    private long waited;

    RowsInput(RowStream rows, Asked asked) {
        this.rows = rows;
        this.asked = asked;
    }

    @Override
    public int read() throws IOException {
        return fill() ? ready[gave(1)] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
        if (!fill()) {
            return -1;
        }
        int length = Math.min(most, ready.length - at);
        System.arraycopy(ready, gave(length), into, from, length);
        return length;
    }

    /** @return where the bytes that are given begin */
    private int gave(int length) {
        int from = at;
        at += length;
        given += length;
        givenAt = System.nanoTime();
        return from;
    }

    /** Whether there is a byte to be had. */
    private synchronized boolean fill() throws IOException {
        movedAt = System.nanoTime();
        waited += movedAt - givenAt;
        if (isTooSlow(given, waited)) {
            close();
        }
        if (isClosed) {
            throw new IOException("The rows were not taken in time, and are closed.");
        }
        if (at < ready.length) {
            return true;
        }
        made.reset();
        write(rows, made);
        ready = made.toByteArray();
        at = 0;
        return ready.length > 0;
    }

    /** Makes the bytes of the next rows; none at the end alone. */
    void write(RowStream from, ByteArrayOutputStream to) throws IOException {
        if (asked.form() == RowForm.CSV) {
            writeCsv(from, to);
        } else {
            writeLines(from, to);
        }
    }

    private void writeCsv(RowStream from, ByteArrayOutputStream to) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().build(new OutputStreamWriter(to, StandardCharsets.UTF_8))) {
            if (!isBegun) {
                csv.writeRecord(asked.fields());
                isBegun = true;
            }
            for (int i = 0; i < ROWS && from.hasNext(); i++) {
                Map<String, Object> row = from.next();
                csv.writeRecord(asked.fields().stream()
                        .map(field -> JsonRows.text(row.get(field)))
                        .toList());
            }
        }
    }

    private void writeLines(RowStream from, ByteArrayOutputStream to) {
        for (int i = 0; i < ROWS && from.hasNext(); i++) {
            to.writeBytes((JsonRows.of(from.next(), asked.fields()) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /** @param waited nanoseconds that passed until the next bytes were asked for, all together */
    static boolean isTooSlow(long given, long waited) {
        return waited > PATIENCE && given < SLOWEST * TimeUnit.NANOSECONDS.toSeconds(waited);
    }

    /** When somebody last took of it, by {@link System#nanoTime}. */
    long movedAt() {
        return movedAt;
    }

    boolean isClosed() {
        return isClosed;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        rows.close();
    }
}
