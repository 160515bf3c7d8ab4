package dev.catchment.policy;

import static dev.catchment.support.Watched.outcomes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.PolicyRig;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.Watched;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VerifyWatchedTest {
    @RegisterExtension
    static final PolicyRig POLICY = new PolicyRig();

    private static void serve(String lines) {
        POLICY.pages().serve("/visa", VisaPage.of(lines));
    }

    @Test
    void what_the_watch_writes_hangs_together() {
        serve("The fee is 100 pounds.\nVisitors today 17\nApply online.");
        Watched.source("Visa", POLICY.pages().url("/visa"));
        POLICY.watch();
        serve("The fee is 120 pounds.\nVisitors today 18\nApply online.");
        POLICY.watchAgain();
        POLICY.watchAgain();
        TestDatabase.execute(
                "update policy.sources set metadata = '{\"rules\": {\"drop\": [\"p:contains(Visitors)\"]}}'");
        POLICY.watchAgain();
        assertThat(outcomes()).startsWith("baseline").contains("changed").endsWith("unchanged");
        assertThat(Watched.versions()).hasSize(3);
        assertThat(TestDatabase.get().rows("policy/verify-policy", Map.of())).isEmpty();
    }
}
