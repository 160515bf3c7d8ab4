package dev.catchment.registry;

/**
 * A batch on its way to the database.
 *
 * @param sequence its number in the run, from 1
 * @param read bytes of the file that had been read when it was full
 */
public record NumberedBatch(SeedBatch batch, int sequence, long read) {}
