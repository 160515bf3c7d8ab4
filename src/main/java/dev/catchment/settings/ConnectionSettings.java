package dev.catchment.settings;

import dev.catchment.postgres.PoolSettings;
import dev.catchment.settings.Settings.WrongSetting;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The settings of the connections, and what they must be to each other. */
record ConnectionSettings(Settings settings) {
    private static final String SIZE = "postgres.max-connections";
    private static final String IDLE = "postgres.idle-timeout";
    private static final String LIFETIME = "postgres.max-lifetime";
    private static final String KEEPALIVE = "postgres.keepalive";
    private static final int BESIDE_THEM = 2;

    /** @throws WrongSetting if they do not fit each other; the pool itself would go on with others */
    PoolSettings pool() {
        PoolSettings pool = new PoolSettings(
                settings.integer(SIZE),
                settings.duration("postgres.connection-timeout"),
                settings.duration(IDLE),
                settings.duration(LIFETIME),
                settings.duration(KEEPALIVE));
        if (pool.idleTimeout().plusSeconds(1).compareTo(pool.maxLifetime()) > 0) {
            throw wrong(IDLE, "at least 1s shorter than %s, or idle connections would never be closed", LIFETIME);
        }
        if (pool.keepalive().compareTo(pool.maxLifetime()) >= 0) {
            throw wrong(KEEPALIVE, "shorter than %s, or connections would never be tested", LIFETIME);
        }
        requireSize(pool.maxConnections());
        return pool;
    }

    /** With fewer, those that hold one for long would leave none, and everything else would fail meanwhile. */
    private void requireSize(int connections) {
        List<String> holders = Settings.declared().stream()
                .filter(setting -> setting.rule().kind().equals("connections"))
                .map(Setting::key)
                .toList();
        int least = holders.stream().mapToInt(settings::integer).sum() + BESIDE_THEM;
        if (connections < least) {
            String why = "at least " + least + " with %s: one for each of these, one for heartbeats, one for all else";
            throw wrong(SIZE, why, holders.toArray(String[]::new));
        }
    }

    private WrongSetting wrong(String key, String allowed, String... others) {
        String why = allowed.formatted(Stream.of(others).map(this::assigned).collect(Collectors.joining(", ")));
        return new WrongSetting("%s is not allowed. Allowed: %s.".formatted(assigned(key), why));
    }

    private String assigned(String key) {
        return key + "=" + settings.get(key);
    }
}
