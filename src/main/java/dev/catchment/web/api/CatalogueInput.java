package dev.catchment.web.api;

import dev.catchment.postgres.rows.RowStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A catalogue of DCAT however many datasets it has, made as its rows are read; those that lack something have no document. */
final class CatalogueInput extends RowsInput {
    private final String begin;
    private final String end;
    private boolean isBegun;
    private boolean isEnded;
    private long datasets;

    /** @param begin what stands before the first dataset @param end what stands after the last */
    CatalogueInput(RowStream rows, Asked asked, String begin, String end) {
        super(rows, asked);
        this.begin = begin;
        this.end = end;
    }

    @Override
    void write(RowStream from, ByteArrayOutputStream to) {
        if (!isBegun) {
            put(to, begin);
            isBegun = true;
        }
        if (from.hasNext()) {
            writeSome(from, to);
            if (to.size() == 0) {
                // Of a hundred thousand in a row there may be nothing to say: whoever waits sees that it goes on.
                put(to, "\n");
            }
        }
        if (!isEnded && !from.hasNext()) {
            put(to, end);
            isEnded = true;
        }
    }

    private void writeSome(RowStream from, ByteArrayOutputStream to) {
        for (int i = 0; i < ROWS && from.hasNext(); i++) {
            Object document = from.next().get("document");
            if (document != null) {
                put(to, (datasets == 0 ? "\n" : ",\n") + document);
                datasets++;
            }
        }
    }

    private static void put(ByteArrayOutputStream to, String text) {
        to.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
