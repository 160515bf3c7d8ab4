package dev.catchment.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/** UTF-8 without leniency, and the byte order mark that some write in front of a text. */
public final class Utf8 {
    private static final int PIECE = 1 << 13;
    private static final String MARK = "\uFEFF";

    private Utf8() {}

    /** Where the first sequence begins that is no UTF-8: overlong, of a surrogate, cut off; -1 if all is well-formed. */
    public static int malformedAt(byte[] bytes, int offset, int length) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
        CharBuffer passed = CharBuffer.allocate(PIECE);
        CoderResult result = decoder.decode(in, passed, true);
        while (result.isOverflow()) {
            result = decoder.decode(in, passed.clear(), true);
        }
        return result.isError() ? in.position() : -1;
    }

    public static String withoutMark(String text) {
        return text.startsWith(MARK) ? text.substring(MARK.length()) : text;
    }

    /** The charset of Unicode that a byte order mark at the beginning speaks of; null if there is none. */
    public static Charset marked(byte[] start) {
        if (at(start, 0) == 0xEF && at(start, 1) == 0xBB && at(start, 2) == 0xBF) {
            return StandardCharsets.UTF_8;
        }
        return switch (at(start, 0) << 8 | at(start, 1)) {
            case 0xFFFE -> StandardCharsets.UTF_16LE;
            case 0xFEFF -> StandardCharsets.UTF_16BE;
            default -> null;
        };
    }

    private static int at(byte[] start, int place) {
        return place < start.length ? start[place] & 0xFF : 0;
    }
}
