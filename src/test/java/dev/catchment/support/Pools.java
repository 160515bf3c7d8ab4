package dev.catchment.support;

import dev.catchment.postgres.PoolSettings;
import java.util.Map;

/** Settings of connections as the product has them, but for their number. */
public final class Pools {
    private Pools() {}

    /** @param connections at the most */
    public static PoolSettings of(int connections) {
        return of(Map.of("postgres.max-connections", String.valueOf(connections)));
    }

    /** @param changes of the defaults, by key */
    public static PoolSettings of(Map<String, String> changes) {
        return Defaults.settings().with(changes).pool();
    }
}
