package dev.catchment.flow.walk;

import java.nio.charset.StandardCharsets;

/**
 * One record of a page as it came: a slice of the page's bytes.
 *
 * @param index its place on the page, from 0
 * @param key as far as it could be read, else null
 * @param updatedAt when it changed last, as it came, else null
 * @param size in bytes; larger than length where only its beginning was read
 */
public record RawRecord(byte[] page, int offset, int length, int index, String key, String updatedAt, long size) {
    public RawRecord(byte[] page, int offset, int length, int index, String key, String updatedAt) {
        this(page, offset, length, index, key, updatedAt, length);
    }

    RawRecord ofSize(long bytes) {
        return new RawRecord(page, offset, length, index, key, updatedAt, bytes);
    }

    public String text() {
        return new String(page, offset, length, StandardCharsets.UTF_8);
    }
}
