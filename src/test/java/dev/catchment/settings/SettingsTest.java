package dev.catchment.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.settings.Settings.WrongSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {
    private static final String KEY = "catalog.page-size";

    @TempDir
    private Path home;

    @Test
    void are_the_defaults_without_a_file() {
        assertThat(Settings.load(home, Map.of()).integer(KEY)).isEqualTo(1000);
    }

    @Test
    void the_operators_file_overrides_the_default() throws IOException {
        write(KEY + " = 250 \n");
        Settings settings = Settings.load(home, Map.of());
        assertThat(settings.integer(KEY)).isEqualTo(250);
        assertThat(settings.duration("http.timeout")).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void the_environment_overrides_the_file() throws IOException {
        write(KEY + "=250\n");
        assertThat(Settings.load(home, Map.of("CATALOG_PAGE_SIZE", "99")).integer(KEY))
                .isEqualTo(99);
    }

    @Test
    void a_command_overrides_the_environment() {
        Settings settings = Settings.load(home, Map.of("CATALOG_PAGE_SIZE", "99"));
        assertThat(settings.with(Map.of(KEY, "7")).integer(KEY)).isEqualTo(7);
        assertThatThrownBy(() -> settings.with(Map.of(KEY, "0"))).isInstanceOf(WrongSetting.class);
    }

    @Test
    void a_file_for_kafka_that_is_not_there_or_sets_what_is_a_setting_is_refused_and_its_values_are_not_told()
            throws IOException {
        Path file = home.resolve("client.properties");
        Settings settings = Settings.load(home, Map.of("KAFKA_PROPERTIES", file.toString()));
        assertThatThrownBy(settings::forRoutes)
                .isInstanceOf(WrongSetting.class)
                .hasMessage("kafka.properties: " + file + " cannot be read: there is no such file.");
        Files.writeString(file, "security.protocol=SSL\ngroup.id=theirs\nssl.key.password=planted");
        assertThatThrownBy(settings::forRoutes)
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("kafka.properties: " + file + " sets group.id. It is for security.*")
                .hasMessageNotContaining("planted");
        Files.writeString(file, "security.protocol=SSL\nssl.key.password=planted");
        assertThat(settings.forRoutes())
                .containsEntry("kafka.properties.path", file.toString())
                .doesNotContainValue("planted");
    }

    @Test
    void an_unknown_key_in_the_file_is_refused_with_its_name() throws IOException {
        write("catalog.page_size=250\n");
        assertThatThrownBy(() -> Settings.load(home, Map.of()))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("there is no setting catalog.page_size. Did you mean catalog.page-size?")
                .hasMessageContaining("docs/settings.md");
    }

    @Test
    void a_variable_that_is_no_setting_is_known_by_its_beginning() {
        Map<String, String> environment = Map.of(
                "CATALOG_PAGESIZE", "3", // ours, with a slip
                "NAMES_FAVOURITE_COLOUR", "red", // ours, with nothing near
                "LOG_LEVL", "info",
                "CATALOG_PAGE_SIZE", "3",
                "HTTP_PROXY", "http://proxy.example", // not ours
                "POSTGRES_PASSWORD", "secret",
                "NODE_EXTRA_CA_CERTS", "/etc/ca.pem", // those of Node.js
                "NODE_ENV", "production",
                "DATABASE_URL", "x",
                "PATH", "/bin");
        Map<String, String> unknown = Settings.unknown(environment);
        assertThat(unknown).containsOnlyKeys("CATALOG_PAGESIZE", "LOG_LEVL", "NAMES_FAVOURITE_COLOUR");
        assertThat(unknown)
                .containsEntry("CATALOG_PAGESIZE", "CATALOG_PAGE_SIZE")
                .containsEntry("LOG_LEVL", "LOG_LEVEL");
    }

    @ParameterizedTest
    @CsvSource({
        "CATALOG_PAGE_SIZE, many, integer 1..10000",
        "HTTP_TIMEOUT, 60, duration 10ms..1h",
        "CATALOG_US_CRON, 15 2 * * *, a Quartz cron",
        "CATALOG_US_URL, ftp://a.example, http:// or https://",
        "CATALOG_TIME_ZONE, Mars/Base, a time zone",
        "CATALOG_RETIRE_MAX_PERCENT, 200%, 0% to 100%",
        "LOG_FORMAT, xml, one of auto|text|json"
    })
    void a_wrong_value_is_refused_with_key_value_and_what_is_allowed(String variable, String value, String allowed) {
        assertThatThrownBy(() -> Settings.load(home, Map.of(variable, value)))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining(variable + "=" + value)
                .hasMessageContaining("Allowed: " + allowed);
    }

    @Test
    void a_wrong_value_in_the_file_is_named_by_its_key() throws IOException {
        write(KEY + "=0\n");
        assertThatThrownBy(() -> Settings.load(home, Map.of()))
                .hasMessageContaining(KEY + "=0")
                .hasMessageContaining("integer 1..10000");
    }

    @Test
    void a_key_nobody_declared_is_a_fault_of_the_caller() {
        assertThatThrownBy(() -> Settings.load(home, Map.of()).get("catalog.x")).hasMessageContaining("catalog.x");
    }

    @Test
    void a_relative_path_starts_at_the_home_folder() {
        assertThat(Settings.load(home, Map.of()).path("data.dir")).isEqualTo(home.resolve("data"));
        assertThat(Settings.load(home, Map.of("DATA_DIR", "/a/../b")).path("data.dir"))
                .isEqualTo(Path.of("/b"));
    }

    @Test
    void routes_read_durations_in_milliseconds_and_sizes_in_bytes() {
        Properties routes = Settings.load(home, Map.of("HTTP_TIMEOUT", "2m", "HTTP_MAX_RESPONSE", "3kB"))
                .forRoutes();
        assertThat(routes)
                .containsEntry("http.timeout", "2m")
                .containsEntry("http.timeout.milliseconds", "120000")
                .containsEntry("http.max-response.bytes", "3072");
    }

    @ParameterizedTest
    @CsvSource({"0.01, 100000", "0.5, 2000", "2, 500", "20, 50", "21, 48", "10000, 1"})
    void a_rate_becomes_a_gap_that_is_never_shorter(String rate, String gap) {
        assertThat(Settings.load(home, Map.of("HTTP_REQUESTS_PER_SECOND", rate)).forRoutes())
                .containsEntry("http.gap", gap);
    }

    @Test
    void a_declaration_without_a_rule_is_a_fault_of_the_build() {
        assertThatThrownBy(() -> Setting.declared(List.of("# no rule here", "a.b=c")))
                .hasMessageContaining("a.b=c");
        assertThatThrownBy(() -> Setting.declared(List.of("# Rule. [text]", "", "# other", "a.b=c")))
                .hasMessageContaining("a.b=c");
    }

    private void write(String text) throws IOException {
        Files.writeString(home.resolve("application.properties"), text);
    }
}
