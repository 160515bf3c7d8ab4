package dev.catchment.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.Cli;
import dev.catchment.cli.CliRig;
import dev.catchment.support.PolicyRows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands that read, as they are typed. */
class PolicyCommandTest {
    @RegisterExtension
    static final CliRig RIG = new CliRig("cli_policy");

    private static final String FIRST = "Fee: 100\nDays: 3\n";
    private static final String SECOND = "Fee: 120\nDays: 3\n";
    private static final String THIRD = "Fee: 120\nDays: 5\nNew: yes\n";

    @BeforeEach
    void fill() {
        PolicyRows rows = new PolicyRows(RIG.database().database());
        rows.source("GB Fees", "GB");
        rows.source("GB Fees abroad", "GB");
        rows.source("US Fees", "US");
        rows.version("GB Fees", FIRST);
        rows.version("GB Fees", SECOND);
        rows.version("GB Fees", THIRD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "never      | select 1",
                "ok         | update policy.sources set last_checked_at = now()",
                "failing(3) | update policy.sources set failures_in_a_row = 3, last_error_code = 'gone', last_error = 'It is gone.'",
                "inactive   | update policy.sources set is_active = false, failures_in_a_row = 3, last_error_code = 'gone'",
                "candidate  | insert into policy.candidates (source_id, content_hash, snapshot, reason, confirm_at) select s.id, repeat('a', 64), p.sha256, 'shrunk', now() from policy.sources s, policy.snapshots p where s.name = 'US Fees' limit 1",
                "held       | insert into policy.candidates (source_id, content_hash, snapshot, reason, confirm_at) select s.id, repeat('a', 64), p.sha256, 'flapping', now() from policy.sources s, policy.snapshots p where s.name = 'US Fees' limit 1"
            })
    void list_says_how_each_source_is_doing(String state, String change) throws Exception {
        RIG.execute(change);
        String[] said =
                RIG.run("policy", "list", "--country", "us").endsWith(0).out().split("\\R");
        assertThat(said).hasSize(2);
        assertThat(said[0])
                .contains("name", "visa_type", "check_frequency", "last_checked_at", "next_check_at", "versions");
        assertThat(said[1]).startsWith("US Fees").contains(" " + state);
    }

    @Test
    void list_can_be_kept_to_those_that_fail() throws Exception {
        assertThat(RIG.run("policy", "list", "--failing").endsWith(0).out()).isEqualTo("No source fails.\n");
        assertThat(RIG.run("policy", "list", "--country", "fr").endsWith(0).out())
                .startsWith("No such source.");
        RIG.execute("update policy.sources set failures_in_a_row = 2, last_error_code = 'gone' where name = 'US Fees'");
        assertThat(RIG.run("policy", "list", "--failing").endsWith(0).lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("failing(2)  gone"));
        assertThat(json(RIG.run("policy", "list", "--failing", "--json"))
                        .get("state")
                        .asText())
                .isEqualTo("failing");
    }

    @Test
    void show_tells_of_the_source_its_checks_and_its_versions() {
        assertThat(RIG.run("policy", "show", "gb fees a").endsWith(0).out())
                .contains("GB Fees abroad", "Not checked yet.");
        assertThat(RIG.run("policy", "show", "GB Fees", "--limit", "1")
                        .endsWith(0)
                        .lines())
                .anyMatch(line -> line.matches("versions +3"))
                .anyMatch(line -> line.matches("2026-11-01T14:00:00Z +changed +200 .*"))
                .noneMatch(line -> line.contains("baseline"))
                .anyMatch(line -> line.matches("3 +2026-11-01T14:00:00Z +26 +1 +false +2 +1"));
    }

    @Test
    void a_version_is_its_text_and_nothing_else() throws Exception {
        assertThat(RIG.run("policy", "show", "GB Fees", "--version", "1")
                        .endsWith(0)
                        .out())
                .isEqualTo(FIRST);
        assertThat(RIG.run("policy", "show", "GB Fees", "--text").endsWith(0).out())
                .isEqualTo(THIRD);
        assertThat(RIG.run("policy", "show", "GB Fees", "--version", "2", "--links")
                        .endsWith(0)
                        .out())
                .isEqualTo("https://www.example.gov/fees\n");
        JsonNode second = json(RIG.run("policy", "show", "GB Fees", "--version", "2", "--json"));
        assertThat(second.get("raw_text").asText()).isEqualTo(SECOND);
        assertThat(second.get("links").get(0).asText()).isEqualTo("https://www.example.gov/fees");
        assertThat(json(RIG.run("policy", "show", "GB Fees", "--json")).get("version_list"))
                .hasSize(3);
    }

    @Test
    void a_source_is_known_by_its_url_and_the_beginning_of_its_id() {
        String id = RIG.texts("select id::text from policy.sources where name = 'US Fees'")
                .get(0);
        for (String said : new String[] {id, id.substring(0, 13), "https://www.example.gov/US-Fees", "us"}) {
            assertThat(RIG.run("policy", "show", said).endsWith(0).out()).contains("US Fees");
        }
    }

    @Test
    void who_is_not_understood_is_told_what_there_is() {
        assertThat(RIG.run("policy", "show", "GB").endsWith(2).err())
                .contains("2 sources match GB; there are", "GB Fees (GB, work)", "GB Fees abroad (GB, work)");
        assertThat(RIG.run("policy", "diff", "abroad").endsWith(2).err())
                .contains("No source begins with abroad; there is", "GB Fees abroad");
        assertThat(RIG.run("policy", "diff", "Mars").endsWith(2).err()).contains("'catchment policy list' lists them");
        assertThat(RIG.run("policy", "show", "GB Fees", "--version", "9")
                        .endsWith(2)
                        .err())
                .contains("No version 9");
        assertThat(RIG.run("policy", "show", "US Fees", "--text").endsWith(2).err())
                .contains("no version yet");
    }

    private static JsonNode json(Cli.Said said) throws Exception {
        return new ObjectMapper().readTree(said.endsWith(0).lines().get(0));
    }
}
