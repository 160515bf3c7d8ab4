package dev.catchment.cli;

import dev.catchment.cli.Settings.WrongSetting;
import dev.catchment.postgres.PoolSettings;

/** The settings of the connections, and what they must be to each other. */
final class ConnectionSettings {
    private static final int BESIDE_LOADS = 2;

    private ConnectionSettings() {}

    /** @throws WrongSetting if they do not fit each other; the pool itself would go on with others */
    static PoolSettings of(Settings settings) {
        PoolSettings pool = new PoolSettings(
                settings.integer("postgres.max-connections"),
                settings.duration("postgres.connection-timeout"),
                settings.duration("postgres.idle-timeout"),
                settings.duration("postgres.max-lifetime"),
                settings.duration("postgres.keepalive"));
        require(
                pool.idleTimeout().plusSeconds(1).compareTo(pool.maxLifetime()) <= 0,
                settings,
                "postgres.idle-timeout",
                "at least 1s shorter than postgres.max-lifetime=" + settings.get("postgres.max-lifetime")
                        + ", or no connection would be closed for being unused");
        require(
                pool.keepalive().compareTo(pool.maxLifetime()) < 0,
                settings,
                "postgres.keepalive",
                "shorter than postgres.max-lifetime=" + settings.get("postgres.max-lifetime")
                        + ", or no connection would ever be asked");
        int least = settings.integer("names.workers") + BESIDE_LOADS;
        require(
                pool.maxConnections() >= least,
                settings,
                "postgres.max-connections",
                "at least %d with names.workers=%s: each load may hold one for long, one holds the locks, and one is for all else"
                        .formatted(least, settings.get("names.workers")));
        return pool;
    }

    private static void require(boolean fits, Settings settings, String key, String allowed) {
        if (!fits) {
            throw new WrongSetting("%s=%s is not allowed. Allowed: %s.".formatted(key, settings.get(key), allowed));
        }
    }
}
