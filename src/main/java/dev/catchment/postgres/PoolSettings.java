package dev.catchment.postgres;

import java.time.Duration;

/**
 * How many connections a process opens, and how long it keeps them.
 *
 * @param maxConnections that are open at the same time
 * @param connectionTimeout how long a caller waits for one
 * @param idleTimeout after which an unused one is closed
 * @param maxLifetime after which one is replaced by a new one as soon as it is unused
 * @param keepalive how often an unused one is asked whether it is alive
 */
public record PoolSettings(
        int maxConnections,
        Duration connectionTimeout,
        Duration idleTimeout,
        Duration maxLifetime,
        Duration keepalive) {}
