package dev.catchment.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.CliRig;
import dev.catchment.support.PolicyRows;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is done to versions, changes and snapshots behind the back of the program is found. */
class VerifyPolicyTest {
    @RegisterExtension
    static final CliRig RIG = new CliRig("cli_verify_policy");

    private static final String OF_FEES = "source_id = (select id from policy.sources where name = 'GB Fees')";

    @BeforeEach
    void fill() {
        PolicyRows rows = new PolicyRows(RIG.database().database());
        rows.source("GB Fees", "GB");
        rows.source("US Fees", "US");
        rows.version("GB Fees", "Fee: 100\nDays: 3\n");
        rows.version("GB Fees", "Fee: 120\nDays: 3\n");
        rows.version("GB Fees", "Fee: 120\nDays: 5\n");
        rows.version("US Fees", "Fee: 460\n");
    }

    @Test
    void what_was_written_has_no_difference() {
        assertThat(RIG.run("verify", "policy").endsWith(0).out())
                .isEqualTo("No difference. 4 versions of 2 sources are consistent, with 2 changes and 4 snapshots."
                        + System.lineSeparator());
        assertThat(RIG.run("verify", "policy", "--json").endsWith(0).out()).isEmpty();
    }

    /** The damage is done to version 2 of GB Fees, or to what belongs to it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a version was altered                    | update V set raw_text = replace(raw_text, '120', '130') where sequence = 2",
                "a version was altered                    | update V set content_hash = repeat('0', 64) where sequence = 2",
                "a version was altered                    | update V set fetched_at = fetched_at - interval '1 second' where sequence = 2",
                "a version was altered                    | update V set chain_hash = repeat('0', 64) where sequence = 2",
                "the links of a version were altered      | update V set links = '[\"https://elsewhere.example/\"]' where sequence = 2",
                "the chain is broken                      | update V set raw_text = 'Fee: 1', content_length = 6, chain_hash = policy.chain_hash(previous_hash, content_hash, 'Fee: 1', sequence, fetched_at) where sequence = 2",
                "a version is missing                     | delete from policy.policy_changes; delete from V where sequence = 2",
                "a check whose version is not there       | delete from policy.policy_changes; delete from V where sequence = 3",
                "a change is missing                      | delete from policy.policy_changes",
                "a version that no check brought          | delete from policy.fetches",
                "a version that no check brought          | insert into V (source_id, sequence, content_hash, raw_text, links_hash, snapshot, normaliser_version, previous_hash, chain_hash, fetched_at, content_length, fetch_duration) select source_id, 4, repeat('1', 64), 'x', links_hash, snapshot, 'html-1', chain_hash, policy.chain_hash(chain_hash, repeat('1', 64), 'x', 4, fetched_at + interval '1 second'), fetched_at + interval '1 second', 1, 1 from policy.policy_versions where sequence = 3",
                "a version was made of something else     | update V set snapshot = (select snapshot from policy.policy_versions where sequence = 3) where sequence = 2",
                "a version is newer than the last check   | update policy.sources set last_checked_at = '2020-01-01'",
                "a version is newer than the last check   | update policy.sources set last_checked_at = null",
                "a change differs from its versions       | update policy.policy_changes set old_hash = repeat('2', 64)",
                "a change differs from its versions       | update policy.policy_changes set is_technical = true",
                "a change differs from its versions       | update policy.policy_changes set old_version_id = null",
                "a snapshot was altered                   | update policy.snapshots set body = convert_to('<q>', 'UTF8'), bytes = 3",
                "a diff does not turn the old text into the new one | update policy.policy_changes set diff = replace(diff, '+Fee: 120', '+Fee: 220')",
                "a diff does not turn the old text into the new one | update policy.policy_changes set diff = '', diff_length = 0",
                "a diff does not turn the old text into the new one | update policy.policy_changes set diff = left(diff, 30), diff_length = 30"
            })
    void damage_is_named(String difference, String damage) throws Exception {
        RIG.execute("alter table policy.policy_versions disable trigger policy_versions_immutable");
        RIG.execute(damage.replace("update V", "update policy.policy_versions")
                .replace("from V", "from policy.policy_versions")
                .replace("into V", "into policy.policy_versions")
                .replace("where sequence", "where " + OF_FEES + " and sequence"));
        RIG.execute("alter table policy.policy_versions enable trigger policy_versions_immutable");
        List<String> said = RIG.run("verify", "policy").endsWith(1).lines();
        assertThat(said).anyMatch(line -> line.startsWith(difference + " "));
    }

    @Test
    void one_difference_is_one_json_object_with_its_source_and_key() throws Exception {
        RIG.execute("update policy.policy_changes set old_hash = repeat('2', 64) where new_version_id = "
                + "(select id from policy.policy_versions where sequence = 2)");
        List<String> said = RIG.run("verify", "policy", "--json").endsWith(1).lines();
        assertThat(said).hasSize(1);
        JsonNode json = new ObjectMapper().readTree(said.get(0));
        assertThat(json.get("source").asText() + ", " + json.get("key").asText())
                .isEqualTo("GB Fees, version 2");
    }
}
