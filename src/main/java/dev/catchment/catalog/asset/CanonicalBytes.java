package dev.catchment.catalog.asset;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A growing buffer of tagged, length-prefixed values. Every value starts with its tag and says how long it is, so no
 * two different values give the same bytes and nothing can be shifted from one value into its neighbour.
 */
final class CanonicalBytes {

    private static final int KEPT = 1 << 20;

    private byte[] bytes = new byte[1 << 14];
    private int length;

    void clear() {
        if (bytes.length > KEPT) {
            bytes = new byte[1 << 14];
        }
        length = 0;
    }

    int length() {
        return length;
    }

    byte[] digest(MessageDigest digest) {
        digest.update(bytes, 0, length);
        return digest.digest();
    }

    void tag(char tag) {
        reserve(1);
        bytes[length++] = (byte) tag;
    }

    /** A tag and room for a count; gives the place of the count. */
    int open(char tag) {
        tag(tag);
        number(0);
        return length - 4;
    }

    void number(int value) {
        reserve(4);
        number(length, value);
        length += 4;
    }

    /** Overwrites four bytes written before: a count known only now. */
    void number(int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }

    /** The string in UTF-8 behind its length in bytes. */
    void string(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        tag('s');
        number(utf8.length);
        reserve(utf8.length);
        System.arraycopy(utf8, 0, bytes, length, utf8.length);
        length += utf8.length;
    }

    /** A value without parts; numbers by their value, so {@code 1.0} and {@code 1} are one. */
    void scalar(JsonNode node) {
        if (node.isTextual()) {
            string(node.textValue());
        } else if (node.isNumber()) {
            tag('n');
            string(node.decimalValue().stripTrailingZeros().toString());
        } else {
            tag(node.isNull() ? 'z' : node.booleanValue() ? 't' : 'f');
        }
    }

    /** Brings the pieces that begin at {@code starts[0..count)} and end here into byte order. */
    void sort(int[] starts, int count) {
        if (count < 2) {
            return;
        }
        byte[][] pieces = new byte[count][];
        for (int i = 0; i < count; i++) {
            pieces[i] = Arrays.copyOfRange(bytes, starts[i], i + 1 < count ? starts[i + 1] : length);
        }
        Arrays.sort(pieces, Arrays::compareUnsigned);
        int at = starts[0];
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, bytes, at, piece.length);
            at += piece.length;
        }
    }

    private void reserve(int more) {
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.addExact(Math.max(bytes.length, more), bytes.length));
        }
    }
}
