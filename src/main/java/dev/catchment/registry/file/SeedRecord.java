package dev.catchment.registry.file;

/**
 * One record of an index file as it came.
 *
 * @param bytes its text in UTF-8; of one that is too large only the beginning
 * @param index its number in the file, from 1: what the cursor counts
 * @param position for people: line 17, assets[16]
 * @param kind sources, assets or results, after the array it stood in; null where it stood alone
 * @param tooLarge whether it is larger than registry.max-record
 */
public record SeedRecord(byte[] bytes, long index, String position, String kind, boolean tooLarge) {
    SeedRecord(Shape.Cut cut, long index) {
        this(cut.bytes(), index, cut.position(), cut.kind(), cut.tooLarge());
    }
}
