package dev.catchment.names.file;

import dev.catchment.errors.PermanentFailure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts what comes out, for the sizes a zip tells of itself may be lies. */
final class ZipBudget {
    /**
     * What a zip may hold. The largest there is should be Statistics Canada's: its years, names, sexes and indicators
     * multiply to some 4 million rows of 150 bytes. Such tables shrink to a twentieth; a bomb shrinks to a thousandth.
     */
    record Limits(long bytes, int entries, int ratio) {
        static final Limits USUAL = new Limits(2L << 30, 2000, 200);
    }

    /** Below it a ratio says nothing. */
    private static final long SMALL = 1L << 20;

    private final Limits limits;
    private final long packed;
    private long unpacked;

    ZipBudget(Limits limits, long packed) {
        this.limits = limits;
        this.packed = packed;
    }

    void entries(int count) {
        refuseIf(count > limits.entries, "more than " + limits.entries + " entries");
    }

    InputStream metered(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = super.read(bytes, offset, length);
                spend(Math.max(read, 0));
                return read;
            }
        };
    }

    private void spend(int bytes) {
        unpacked += bytes;
        refuseIf(unpacked > limits.bytes, "more than " + limits.bytes + " bytes");
        refuseIf(unpacked > SMALL && unpacked > packed * limits.ratio, "more than " + limits.ratio + " times its size");
    }

    private void refuseIf(boolean tooMuch, String what) {
        if (tooMuch) {
            throw new PermanentFailure(
                    "The zip packs " + what + ", unlike any publisher's. Unpack it and load what is in it.");
        }
    }
}
