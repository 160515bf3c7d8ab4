package dev.catchment.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.CliRig;
import dev.catchment.support.PolicyRows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is held is seen everywhere, and counts when an operator says so. */
class PolicyAcceptCommandTest {
    @RegisterExtension
    static final CliRig RIG = new CliRig("cli_policy_accept");

    @BeforeEach
    void hold() throws Exception {
        PolicyRows rows = new PolicyRows(RIG.database().database());
        rows.source("GB Fees", "GB");
        rows.source("US Fees", "US");
        rows.version("GB Fees", "Fee: 100\nDays: 3\n");
        RIG.execute("update policy.sources set next_check_at = now() + interval '1 day'");
        RIG.execute("insert into policy.candidates (source_id, content_hash, snapshot, reason, confirm_at, raw_text) "
                + "select s.id, repeat('a', 64), p.sha256, 'foreign', now() + interval '7 days', E'Before you go on\\n' "
                + "from policy.sources s, policy.snapshots p where s.name = 'GB Fees'");
    }

    @Test
    void it_stands_in_the_list_in_show_and_in_verify() {
        assertThat(RIG.run("policy", "list", "--failing").endsWith(0).lines())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("GB Fees")
                .contains(" held", " foreign");
        assertThat(RIG.run("policy", "show", "GB Fees").endsWith(0).out())
                .containsPattern("state +held")
                .containsPattern("candidate_reason +foreign")
                .containsPattern("confirm_at +2");
        assertThat(RIG.run("policy", "show", "GB Fees", "--held").endsWith(0).out())
                .isEqualTo("Before you go on\n");
        assertThat(RIG.run("verify", "policy").endsWith(0).out())
                .contains("1 sources have a text on hold: 'catchment policy list --failing'.");
    }

    @Test
    void it_counts_at_the_next_check_which_is_due_at_once() {
        assertThat(RIG.run("policy", "accept", "GB Fees").endsWith(0).out())
                .startsWith("GB Fees: accepted. It counts at the next check");
        assertThat(RIG.database()
                        .texts("select s.name from policy.sources s join policy.candidates c on c.source_id = s.id "
                                + "where s.next_check_at <= now() and c.confirm_at <= now()"))
                .containsExactly("GB Fees");
    }

    @Test
    void where_nothing_is_held_it_is_said() {
        assertThat(RIG.run("policy", "accept", "US Fees").endsWith(2).err()).contains("This page has no text on hold.");
        assertThat(RIG.run("policy", "show", "US Fees", "--held").endsWith(2).err())
                .contains("This page has no text on hold.");
    }
}
