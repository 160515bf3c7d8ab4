package dev.catchment.catalog;

import java.time.Instant;

/**
 * Where a crawl begins.
 *
 * @param run its row in the ledger; null for a dry run
 * @param resumes the run it goes on with, or null
 * @param cursor the id to go on after; null for the beginning
 * @param begunAt when the first run of the chain it goes on with began
 * @param startedAt when this one started
 */
public record CrawlStart(Long run, Long resumes, String cursor, Instant begunAt, Instant startedAt) {}
