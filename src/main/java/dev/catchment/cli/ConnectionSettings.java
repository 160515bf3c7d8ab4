package dev.catchment.cli;

import dev.catchment.cli.Settings.WrongSetting;
import dev.catchment.postgres.PoolSettings;

/** The settings of the connections, and what they must be to each other. */
record ConnectionSettings(Settings settings) {
    private static final String SIZE = "postgres.max-connections";
    private static final String IDLE = "postgres.idle-timeout";
    private static final String LIFETIME = "postgres.max-lifetime";
    private static final String KEEPALIVE = "postgres.keepalive";
    private static final String LOADS = "names.workers";
    private static final int BESIDE_LOADS = 2;

    /** @throws WrongSetting if they do not fit each other; the pool itself would go on with others */
    PoolSettings pool() {
        PoolSettings pool = new PoolSettings(
                settings.integer(SIZE),
                settings.duration("postgres.connection-timeout"),
                settings.duration(IDLE),
                settings.duration(LIFETIME),
                settings.duration(KEEPALIVE));
        if (pool.idleTimeout().plusSeconds(1).compareTo(pool.maxLifetime()) > 0) {
            throw wrong(IDLE, "at least 1s shorter than %s, or none would be closed for being unused", LIFETIME);
        }
        if (pool.keepalive().compareTo(pool.maxLifetime()) >= 0) {
            throw wrong(KEEPALIVE, "shorter than %s, or none would ever be asked", LIFETIME);
        }
        requireSize(pool.maxConnections());
        return pool;
    }

    /** With fewer, loads that take long would leave none, and everything else would fail meanwhile. */
    private void requireSize(int connections) {
        int least = settings.integer(LOADS) + BESIDE_LOADS;
        if (connections < least) {
            String why =
                    "at least " + least + " with %s: one for each load, one for heartbeats, one for all else";
            throw wrong(SIZE, why, LOADS);
        }
    }

    private WrongSetting wrong(String key, String allowed, String other) {
        String why = allowed.formatted(assigned(other));
        return new WrongSetting("%s is not allowed. Allowed: %s.".formatted(assigned(key), why));
    }

    private String assigned(String key) {
        return key + "=" + settings.get(key);
    }
}
