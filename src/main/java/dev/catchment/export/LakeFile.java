package dev.catchment.export;

/**
 * A file of a lake, as manifests list it.
 *
 * @param path from the root of the lake
 * @param content states, copies or sources
 * @param source whose states they are; null for what is of all sources
 * @param sourceId its number in the database, which no other source gets
 * @param day when it was written, in UTC
 * @param export that wrote it
 */
public record LakeFile(
        String path,
        String content,
        String source,
        Long sourceId,
        String day,
        String export,
        long rows,
        long bytes,
        String sha256) {
    boolean isOfSameBytes(LakeFile other) {
        return bytes == other.bytes && sha256.equals(other.sha256);
    }
}
