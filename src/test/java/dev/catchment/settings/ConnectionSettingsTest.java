package dev.catchment.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.cli.Cli;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.postgres.PoolSettings;
import dev.catchment.settings.Settings.WrongSetting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionSettingsTest {
    private static final Settings DEFAULTS = Settings.load(Path.of("target", "nowhere"), Map.of());

    @Test
    void are_read_each_from_its_key() {
        assertThat(DEFAULTS.with(Map.of(
                                "postgres.max-connections", "7",
                                "postgres.connection-timeout", "1s",
                                "postgres.idle-timeout", "2m",
                                "postgres.max-lifetime", "3h",
                                "postgres.keepalive", "4m"))
                        .pool())
                .isEqualTo(new PoolSettings(
                        7, Duration.ofSeconds(1), Duration.ofMinutes(2), Duration.ofHours(3), Duration.ofMinutes(4)));
    }

    @ParameterizedTest
    @CsvSource({
        "postgres.idle-timeout, 30m, postgres.max-lifetime=30m",
        "postgres.idle-timeout, 1800s, at least 1s shorter",
        "postgres.keepalive, 30m, shorter than postgres.max-lifetime=30m",
        "names.workers, 9, integer 1..8",
        "postgres.connection-timeout, 249ms, duration 250ms..1h",
        "postgres.idle-timeout, 9s, duration 10s..24h",
        "postgres.max-lifetime, 29s, duration 30s..24h",
        "postgres.keepalive, 29s, duration 30s..24h"
    })
    void what_the_pool_would_not_take_is_refused_in_words(String key, String value, String allowed) {
        assertThatThrownBy(() -> DEFAULTS.with(Map.of(key, value)).pool())
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining(key + "=" + value + " is not allowed")
                .hasMessageContaining(allowed);
    }

    @ParameterizedTest
    @CsvSource({"4, 2", "10, 8"})
    void the_least_number_is_two_more_than_there_are_loads(String connections, String workers) {
        Settings settings = DEFAULTS.with(Map.of("postgres.max-connections", connections, "names.workers", workers));
        assertThat(settings.pool().maxConnections()).isEqualTo(Integer.parseInt(connections));
        Settings more = settings.with(Map.of("names.workers", "8", "postgres.max-connections", "9"));
        assertThatThrownBy(more::pool)
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("postgres.max-connections=9 is not allowed. Allowed: at least 10")
                .hasMessageContaining("names.workers=8");
    }

    @Test
    void a_command_says_so_and_begins_nothing() throws IOException {
        Cli cli = Cli.on("postgresql://nobody@127.0.0.1:1/nothing").with("POSTGRES_KEEPALIVE", "45m");
        assertThat(cli.run("runs").endsWith(ExitCode.USAGE).err())
                .isEqualToIgnoringNewLines("catchment: postgres.keepalive=45m is not allowed. Allowed: shorter than "
                        + "postgres.max-lifetime=30m, or connections would never be tested.");
    }
}
