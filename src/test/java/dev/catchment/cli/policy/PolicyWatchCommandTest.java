package dev.catchment.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.CliRig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PolicyWatchCommandTest {
    @RegisterExtension
    static final CliRig RIG = new CliRig("cli_policy_watch");

    @Test
    void one_page_whose_server_wants_to_be_let_alone_was_not_read_and_it_is_said() throws Exception {
        RIG.execute("insert into policy.sources (name, url, country, visa_type, fetch_type) "
                + "values ('Visa', 'http://127.0.0.9:9/visa', 'GB', 'Student', 'html')");
        RIG.execute("update policy.hosts set next_request_at = now() + interval '1 hour'");
        assertThat(RIG.run("policy", "watch", "--source", "Visa").endsWith(1).err())
                .contains("was not read: its server asks us to wait");
    }
}
