package dev.catchment.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.catchment.cli.Catchment;
import dev.catchment.cli.Cli;
import dev.catchment.cli.CliRig;
import dev.catchment.policy.diff.Patch;
import dev.catchment.support.PolicyRows;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** What changed, as it is asked for. */
class PolicyDiffTest {
    @RegisterExtension
    static final CliRig RIG = new CliRig("cli_policy_diff");

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

    @Test
    void a_diff_is_the_stored_one_or_worked_out_and_patch_applies_it() {
        String stored = RIG.texts("select diff from policy.policy_changes order by detected_at desc")
                .get(0);
        assertThat(RIG.run("policy", "diff", "GB Fees").endsWith(0).out()).isEqualTo(stored);
        String far = RIG.run("policy", "diff", "GB Fees", "1", "3").endsWith(0).out();
        assertThat(Patch.apply(FIRST, far)).isEqualTo(THIRD);
        String back = RIG.run("policy", "diff", "GB Fees", "3", "1").endsWith(0).out();
        assertThat(Patch.apply(THIRD, back)).isEqualTo(FIRST);
        Cli.Said same = RIG.run("policy", "diff", "GB Fees", "2", "2").endsWith(0);
        assertThat(same.out()).isEmpty();
        assertThat(same.err()).contains("are identical");
        assertThat(RIG.run("policy", "diff", "GB Fees", "1", "9").endsWith(2).err())
                .contains("the latest is 3");
        assertThat(RIG.run("policy", "diff", "GB Fees", "1").endsWith(2).err()).contains("Give two versions");
    }

    @Test
    void a_page_that_never_changed_has_no_diff() {
        new PolicyRows(RIG.database().database()).version("US Fees", FIRST);
        assertThat(RIG.run("policy", "diff", "US Fees").endsWith(2).err()).contains("There is only one version");
    }

    @Test
    void a_diff_has_colours_on_a_terminal() {
        StringWriter out = new StringWriter();
        CommandLine onTerminal = Catchment.commandLine(RIG.cli().environment());
        onTerminal.setOut(new PrintWriter(out)).setColorScheme(Help.defaultColorScheme(Help.Ansi.ON));
        assertThat(onTerminal.execute("policy", "diff", "GB Fees", "1", "2")).isZero();
        assertThat(out.toString()).contains("\u001B[31m-Fee: 100\u001B[39m", "\u001B[32m+Fee: 120\u001B[39m");
    }

    @Test
    void changes_are_those_since_then() throws Exception {
        RIG.execute("update policy.policy_changes set detected_at = now() - interval '3 days' where detected_at = "
                + "(select min(detected_at) from policy.policy_changes)");
        RIG.execute("update policy.policy_changes set detected_at = now() - interval '30 days' where detected_at < "
                + "now() - interval '4 days'");
        assertThat(RIG.run("policy", "changes", "--since", "7d").endsWith(0).lines())
                .hasSize(2);
        assertThat(RIG.run("policy", "changes", "--since", "2d").endsWith(0).out())
                .isEqualTo("Nothing changed.\n");
        assertThat(RIG.run("policy", "changes").endsWith(0).lines()).hasSize(3);
        JsonNode change = json(RIG.run("policy", "changes", "--since", "2026-01-01", "--json"));
        assertThat(change.get("old_version").asInt()).isEqualTo(1);
        assertThat(change.get("added") + " " + change.get("removed")).isEqualTo("1 1");
        assertThat(RIG.run("policy", "changes", "--since", "yesterday")
                        .endsWith(2)
                        .err())
                .contains("--since takes a day such as 2026-11-01");
    }

    @Test
    void technical_changes_are_told_if_asked_for() throws Exception {
        RIG.execute("update policy.policy_changes set is_technical = true");
        assertThat(RIG.run("policy", "changes").endsWith(0).out()).isEqualTo("Nothing changed.\n");
        assertThat(RIG.run("policy", "changes", "--technical").endsWith(0).lines())
                .hasSize(3);
    }

    private static JsonNode json(Cli.Said said) throws Exception {
        return new ObjectMapper().readTree(said.endsWith(0).lines().get(0));
    }
}
