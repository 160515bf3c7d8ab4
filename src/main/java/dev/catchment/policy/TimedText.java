package dev.catchment.policy;

import java.time.Duration;

/** A text that is read for so long: a pattern that tries for ever where it may match is broken off. */
final class TimedText implements CharSequence {
    private static final int READS_BETWEEN_LOOKS = 1 << 12;

    private final String text;
    private final long end;
    private int reads;

    /** It was read for too long. */
    static final class TooSlow extends RuntimeException {
        TooSlow() {
            super("Reading it took too long.");
        }
    }

    TimedText(String text, Duration longest) {
        this.text = text;
        this.end = System.nanoTime() + longest.toNanos();
    }

    /** @throws TooSlow if the time is over */
    @Override
    public char charAt(int index) {
        if (++reads % READS_BETWEEN_LOOKS == 0 && System.nanoTime() - end > 0) {
            throw new TooSlow();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
