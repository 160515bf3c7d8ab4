package dev.catchment.catalog.walk;

import java.nio.charset.StandardCharsets;

/**
 * One record of a page as it came: a slice of the page's bytes.
 *
 * @param index its place on the page, from 0
 * @param id as far as it could be read, else null
 * @param updatedAt resource.updatedAt as it came, else null
 */
public record RawRecord(byte[] page, int offset, int length, int index, String id, String updatedAt) {
    public String text() {
        return new String(page, offset, length, StandardCharsets.UTF_8);
    }
}
