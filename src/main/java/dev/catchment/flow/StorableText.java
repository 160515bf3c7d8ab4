package dev.catchment.flow;

/**
 * Refuses JSON bytes whose text PostgreSQL cannot store: NUL characters, unpaired surrogates, bytes that are no UTF-8.
 *
 * <p>It reads the bytes and not the parsed tree: a NUL in a key, in a field nobody reads, or in a value that a later
 * duplicate key hides still breaks the whole batch. Jackson is no help here, it decodes overlong and surrogate
 * sequences without a word.
 */
final class StorableText {

    private final byte[] bytes;
    private final int end;
    private int at;

    private StorableText(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.end = offset + length;
        this.at = offset;
    }

    /** Returns when every character can be stored; else throws {@code nul-character}, {@code bad-unicode} or
     * {@code not-json}. */
    static void check(byte[] bytes, int offset, int length) throws BadRecord {
        new StorableText(bytes, offset, length).scan();
    }

    private void scan() throws BadRecord {
        if (peek(at) == 0xEF && peek(at + 1) == 0xBB && peek(at + 2) == 0xBF) {
            throw new BadRecord(
                    BadRecord.NOT_JSON,
                    "The record begins with a byte order mark, which jsonb refuses; it is rejected.");
        }
        while (at < end) {
            byte b = bytes[at];
            if (b == '\\') {
                escape();
            } else if (b > 0) {
                at++;
            } else if (b == 0) {
                throw nul();
            } else {
                sequence(b & 0xff);
            }
        }
    }

    private void escape() throws BadRecord {
        if (peek(at + 1) != 'u') {
            at += 2;
            return;
        }
        int unit = hex(at + 2);
        at += 6;
        if (unit == 0) {
            throw nul();
        }
        if (unit >= 0xDC00 && unit <= 0xDFFF) {
            throw unpaired(unit);
        }
        if (unit >= 0xD800 && unit <= 0xDBFF) {
            pair(unit);
        }
    }

    private void pair(int high) throws BadRecord {
        int low = peek(at) == '\\' && peek(at + 1) == 'u' ? hex(at + 2) : -1;
        if (low < 0xDC00 || low > 0xDFFF) {
            throw unpaired(high);
        }
        at += 6;
    }

    /** Four hexadecimal digits, or -1 where they are none: the parser reports those. */
    private int hex(int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(peek(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    private int peek(int index) {
        return index < end ? bytes[index] & 0xff : -1;
    }

    /** One UTF-8 sequence of two to four bytes, well-formed by table 3-7 of the Unicode standard. */
    private void sequence(int first) throws BadRecord {
        int second = peek(at + 1);
        int more = first >= 0xC2 && first <= 0xDF
                ? 1
                : first >= 0xE0 && first <= 0xEF ? 2 : first >= 0xF0 && first <= 0xF4 ? 3 : 0;
        int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        boolean good = more > 0 && second >= low && second <= high;
        for (int i = 2; i <= more; i++) {
            good &= (peek(at + i) & 0xC0) == 0x80 && peek(at + i) >= 0;
        }
        if (!good) {
            throw new BadRecord(
                    BadRecord.BAD_UNICODE,
                    "The record holds a byte that is not UTF-8 (0x" + Integer.toHexString(first)
                            + "), which PostgreSQL refuses; it is rejected.");
        }
        at += more + 1;
    }

    private static BadRecord nul() {
        return new BadRecord(
                BadRecord.NUL_CHARACTER, "The record holds a NUL character, which PostgreSQL refuses; it is rejected.");
    }

    private static BadRecord unpaired(int unit) {
        return new BadRecord(
                BadRecord.BAD_UNICODE,
                "The record holds half a surrogate pair (\\u" + Integer.toHexString(unit)
                        + "), which jsonb refuses; it is rejected.");
    }
}
