package dev.catchment.policy.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.text.SourceUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that may be wrong with a file of sources, and what it says where nothing is. */
class SourceFileTest {
    private static final String GOOD =
            "- {name: A, country: gb, visa_type: 400, url: 'https://www.example.gov/a', fetch_type: html}\n";

    @TempDir
    private Path folder;

    private SourceFile read(String name, String text) throws IOException {
        return SourceFile.read(Files.writeString(folder.resolve(name), text));
    }

    private SourceFile yaml(String... lines) throws IOException {
        return read("s.yaml", String.join("\n", lines));
    }

    @Test
    void what_is_not_said_has_its_default_and_codes_and_addresses_one_spelling() throws IOException {
        SourceFile file = yaml(
                "- name: ' A '",
                "  country: no",
                "  visa_type: 400",
                "  url: HTTPS://WWW.Example.GOV:443/Visas?type=Work#fees",
                "  fetch_type: html");
        assertThat(file.problems()).isEmpty();
        assertThat(file.rows().get(0).toString())
                .isEqualTo("{\"entry\":1,\"name\":\"A\",\"country\":\"NO\",\"visa_type\":\"400\","
                        + "\"url\":\"https://www.example.gov/Visas?type=Work\",\"fetch_type\":\"html\","
                        + "\"check_frequency\":\"daily\",\"is_active\":true,\"metadata\":{}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "http://Example.gov                | http://example.gov/",
                "http://example.gov:80/a#x         | http://example.gov/a",
                "https://example.gov:80/a          | https://example.gov:80/a",
                "https://example.gov/a%20b?c=%2F   | https://example.gov/a%20b?c=%2F",
                "https://example.gov/café          | https://example.gov/caf%C3%A9",
                "http://[::1]:8080/a               | http://[::1]:8080/a",
                "ftp://example.gov/                | -",
                "https:///a                        | -",
                "example.gov/a                     | -",
                "https://me:secret@example.gov/    | -",
                "https://example.gov:99999/        | -",
                "https://example.gov/a b           | -",
                "https://exa_mple.gov/             | -",
                "javascript:alert(1)               | -"
            })
    void an_address_has_one_spelling_or_is_none(String written, String address) {
        if (address == null) {
            assertThatThrownBy(() -> SourceUrl.of(written)).isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThat(SourceUrl.of(written)).isEqualTo(address);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name        | ''                        | name is missing. Allowed: one line of at most 255",
                "name        | \"a\\nb\"                 | one line of at most 255",
                "country     | UK                        | country=UK is not allowed. Allowed: a country code of ISO 3166-1",
                "country     | [GB]                      | country=(a list) is not allowed",
                "visa_type   | 123456789012345678901234567890123456789012345678901 | one line of at most 50 characters",
                "url         | https://me:secret@a.gov/  | url=https://…@a.gov/ is not allowed. Allowed: http:// or https://",
                "fetch_type  | docx                      | fetch_type=docx is not allowed. Allowed: one of html, pdf",
                "check_frequency | hourly                | Allowed: one of daily, weekly, custom",
                "check_frequency | custom                | metadata.cron is missing. Allowed: a Quartz cron",
                "is_active   | maybe                     | is_active=maybe is not allowed. Allowed: true or false",
                "visa        | work                      | Unknown field visa. Did you mean visa_type?",
                "metadata    | text                      | metadata=text is not allowed. Allowed: a map of fields",
                "metadata    | {rule: {}}                | Unknown field metadata.rule. Did you mean rules?",
                "metadata    | {cron: 0 0 6 * * ?}       | metadata.cron=0 0 6 * * ? is not allowed. Allowed: nothing, unless check_frequency is custom",
                "metadata    | {cron: 15 6 * * 1-5}      | what a crontab calls 15 6 * * 1-5 is 0 15 6 ? * MON-FRI here",
                "metadata    | {cron: 0 0 6 1 1 ? 2020}  | metadata.cron=0 0 6 1 1 ? 2020 is not allowed",
                "metadata    | {zone: CEST/Summer}       | Allowed: a time zone such as UTC or Europe/Rome",
                "metadata    | {origin: Mars}            | metadata.origin=Mars is not allowed",
                "metadata    | {rules: {drops: [a]}}     | Unknown field metadata.rules.drops. Did you mean drop?",
                "metadata    | {rules: {content: main}}  | metadata.rules.content=main is not allowed. Allowed: a list of CSS selectors",
                "metadata    | {rules: {drop: [a, 'b[']}} | metadata.rules.drop[1] cannot be read: b[",
                "metadata    | {rules: {ignore: ['(']}}  | metadata.rules.ignore[0] cannot be read: (",
                "metadata    | {rules: {ignore: [null]}} | metadata.rules.ignore[0]=null is not allowed. Allowed: a regular expression on one line",
                "metadata    | {rules: {drop: ['a:has()']}} | metadata.rules.drop",
                "metadata    | {rules: {minimum_share: 3}} | metadata.rules.minimum_share=3 is not allowed. Allowed: a number from 0 to 1"
            })
    void a_wrong_field_is_named_with_its_value_and_what_is_allowed(String field, String value, String said)
            throws IOException {
        String others = Stream.of(GOOD.strip().replaceAll("^- \\{|}$", "").split(", "))
                .filter(other -> !other.startsWith(field + ":"))
                .collect(Collectors.joining(", "));
        SourceFile file = yaml("- {%s, %s: %s}".formatted(others, field, value));
        assertThat(file.problems()).isNotEmpty();
        assertThat(file.problems().get(0).toString())
                .startsWith("entry 1 (line 1): ")
                .contains(said);
    }

    @Test
    void all_that_is_wrong_is_told_at_once() throws IOException {
        SourceFile file = yaml(
                "- name: A",
                "- name: B",
                "  country: XX",
                "  visa_type: work",
                "  url: nowhere",
                "  fetch_type: html",
                "  metadata: {rules: {drop: ['a[', b, 'c['], ignore: ['(']}}");
        assertThat(file.problems().stream().map(problem -> problem.line() + " " + problem.field()))
                .containsExactly(("1 country,1 visa_type,1 url,1 fetch_type,2 country,2 url,"
                                + "2 metadata.rules.drop,2 metadata.rules.drop,2 metadata.rules.ignore")
                        .split(","));
    }

    @Test
    void a_list_of_rules_is_no_longer_than_a_person_writes() throws IOException {
        String many = "x, ".repeat(100) + "x";
        assertThat(yaml(GOOD.replace("}", ", metadata: {rules: {drop: [" + many + "]}}}"))
                        .problems())
                .extracting(SourceProblem::problem)
                .containsExactly("metadata.rules.drop=(a list of 101) is not allowed. Allowed: at most 100.");
    }
}
