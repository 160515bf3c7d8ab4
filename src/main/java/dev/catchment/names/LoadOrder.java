package dev.catchment.names;

import java.nio.file.Path;

/**
 * What is asked of one published file.
 *
 * @param trigger what asked for it: inbox, cli
 * @param force read it again even if this very content was loaded before
 * @param dryRun recognise, read and count; write nothing
 */
public record LoadOrder(Path file, Hints hints, String trigger, boolean force, boolean dryRun) {}
