package dev.catchment.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SettingRuleTest {
    /** Rule | values it takes | values it refuses, blanks for the empty one. */
    private static final String CASES = """
            integer 1..10        | 1, 10            | 0, 11, 1.0, x, , 99999999999999999999
            connections 1..8     | 1, 8             | 0, 9, x, ,
            port with a.enabled  | 1, 8080, 65535   | 0, 65536, -1, x, ,
            port of the service with a.url | 80     | 0, x, ,
            number 0.1..5        | 0.1, 5, 2.50     | 0.09, 5.1, x, , NaN
            duration 1s..1h      | 1s, 1000ms, 60m, 1h | 999ms, 61m, 1d, 1, 1 s, -1s, 1S, ,
            size 1kB..1GB        | 1kB, 1024B, 1GB  | 1023B, 2GB, 1KB, 1, ,
            percent              | 0%, 10%, 2.5%, 100% | 10, -1%, 101%, %, x%, ,
            one of auto|text     | auto, text       | Auto, json, auto|text, ,
            url                  | https://a.example/b, http://127.0.0.1:1/x | ftp://a.example, a.example, http://, http://u:p@a.example, http://a.example?x=1, http://a.example#f, ,
            cron                 | 0 15 2 * * ?, 0 0/5 * * * ? 2030 | 15 2 * * *, 0 61 2 * * ?, x, ,
            time zone            | UTC, Europe/Rome | Mars/Base, ,
            path                 | data, a/b        | ,
            path or empty        | data, ,          |
            path in data.dir     | inbox, a/b       | ,
            text                 | a b              | ,
            """;

    private record Case(String rule, String value) {}

    private static Stream<Case> cases(int column) {
        return CASES.lines().flatMap(line -> {
            String[] cells = line.split(" \\| ?", -1);
            return Stream.of(cells[column].split(",", -1))
                    .map(value -> new Case(cells[0].strip(), value.strip()))
                    .filter(each -> !cells[column].isBlank());
        });
    }

    static Stream<Case> taken() {
        return cases(1);
    }

    static Stream<Case> refused() {
        return cases(2);
    }

    @ParameterizedTest
    @MethodSource("taken")
    void takes_what_it_says(Case each) {
        new SettingRule(each.rule()).check(each.value());
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses_the_rest(Case each) {
        assertThatIllegalArgumentException()
                .as(each.toString())
                .isThrownBy(() -> new SettingRule(each.rule()).check(each.value()));
    }

    @ParameterizedTest
    @CsvSource({"5ms, 5", "5s, 5000", "5m, 300000", "5h, 18000000", "5d, 432000000"})
    void a_duration_is_what_its_unit_says(String value, long milliseconds) {
        assertThat(SettingRule.duration(value)).hasMillis(milliseconds);
    }

    @ParameterizedTest
    @CsvSource({"5B, 5", "5kB, 5120", "5MB, 5242880", "5GB, 5368709120"})
    void a_size_is_what_its_unit_says(String value, long bytes) {
        assertThat(SettingRule.bytes(value)).isEqualTo(bytes);
    }

    @Test
    void every_rule_in_use_is_tested_here() {
        assertThat(Settings.declared())
                .extracting(setting -> setting.rule().kind())
                .allMatch(kind -> CASES.contains("\n" + kind + " ") || CASES.startsWith(kind));
    }
}
