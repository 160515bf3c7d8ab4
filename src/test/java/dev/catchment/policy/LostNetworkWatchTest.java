package dev.catchment.policy;

import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.Watched.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.http.OwnNetwork;
import dev.catchment.support.PolicyRig;
import dev.catchment.support.Watched;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A process that reaches nobody says nothing of the pages. */
class LostNetworkWatchTest {
    @RegisterExtension
    static final PolicyRig POLICY = new PolicyRig();

    @Test
    void no_page_fails_while_no_host_is_reached_and_one_that_alone_is_not_does() {
        for (int host = 1; host <= 3; host++) {
            POLICY.pages().serve("/visa", VisaPage.of(VisaPage.OLD));
            Watched.source("Visa " + host, POLICY.pages().url(host, "/visa"));
        }
        Watched.source("Down", "http://127.0.0.9:1/visa");
        POLICY.service().bean("ownNetwork", OwnNetwork.class).lookAgain(); // as a service does
        POLICY.watch();
        List<String> before = outcomes();
        assertThat(before).containsOnly("baseline", "failed unreachable");
        POLICY.pages().close();
        POLICY.watchAgain();
        assertThat(outcomes()).isEqualTo(before);
        assertThat(text("select string_agg(concat_ws(' ', name, failures_in_a_row, claimed_by), ', ' order by name)"
                        + " from policy.sources"))
                .isEqualTo("Down 2, Visa 1 0, Visa 2 0, Visa 3 0");
    }
}
