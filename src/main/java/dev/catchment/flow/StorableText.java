package dev.catchment.flow;

import dev.catchment.text.Utf8;
import java.nio.charset.StandardCharsets;

/**
 * Refuses JSON bytes whose text PostgreSQL cannot store: NUL characters, unpaired surrogates, bytes that are no UTF-8.
 *
 * <p>It reads the bytes and not the parsed tree: a NUL in a key, in a field nobody reads, or in a value that a later
 * duplicate key hides still breaks the whole batch. Jackson is no help here, it decodes overlong and surrogate
 * sequences without a word.
 */
final class StorableText {
    private static final int ESCAPE = "\\u0000".length();

    private StorableText() {}

    /** Returns when every character can be stored; else throws {@code nul-character}, {@code bad-unicode} or
     * {@code not-json}. */
    static void check(byte[] bytes, int offset, int length) throws BadRecord {
        String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
        if (text.startsWith("\uFEFF")) {
            throw new BadRecord(
                    BadRecord.NOT_JSON,
                    "The record begins with a byte order mark, which jsonb refuses; it is rejected.");
        }
        // What is malformed was read as this character, which may as well be one of the text.
        int malformed = text.indexOf('\uFFFD') < 0 ? -1 : Utf8.malformedAt(bytes, offset, length);
        if (malformed >= 0) {
            throw new BadRecord(
                    BadRecord.BAD_UNICODE,
                    "The record holds a byte that is not UTF-8 (0x" + Integer.toHexString(bytes[malformed] & 0xff)
                            + "), which PostgreSQL refuses; it is rejected.");
        }
        if (text.indexOf('\0') >= 0) {
            throw nul();
        }
        checkEscapes(text);
    }

    private static void checkEscapes(String text) throws BadRecord {
        for (int at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at)) {
            int unit = escaped(text, at);
            if (unit == 0) {
                throw nul();
            }
            boolean isPair = isHigh(unit) && isLow(escaped(text, at + ESCAPE));
            if (!isPair && (isHigh(unit) || isLow(unit))) {
                throw new BadRecord(
                        BadRecord.BAD_UNICODE,
                        "The record holds half a surrogate pair (\\u" + Integer.toHexString(unit)
                                + "), which jsonb refuses; it is rejected.");
            }
            at += isPair ? 2 * ESCAPE : unit < 0 ? 2 : ESCAPE;
        }
    }

    /** What an escape with four hexadecimal digits stands for; -1 where there is none: the parser reports broken ones. */
    private static int escaped(String text, int at) {
        if (!text.startsWith("\\u", at) || at + ESCAPE > text.length()) {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + ESCAPE; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    private static boolean isHigh(int unit) {
        return unit >= Character.MIN_HIGH_SURROGATE && unit <= Character.MAX_HIGH_SURROGATE;
    }

    private static boolean isLow(int unit) {
        return unit >= Character.MIN_LOW_SURROGATE && unit <= Character.MAX_LOW_SURROGATE;
    }

    private static BadRecord nul() {
        return new BadRecord(
                BadRecord.NUL_CHARACTER, "The record holds a NUL character, which PostgreSQL refuses; it is rejected.");
    }
}
