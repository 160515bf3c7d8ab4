package dev.catchment.policy.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.support.MailRig;
import dev.catchment.support.MailRows;
import dev.catchment.support.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An address is told what its owner confirmed, for as long as the owner wants. */
class SubscriptionTest {
    @RegisterExtension
    final MailRig mail = new MailRig();

    private static Map<String, Object> ask(String email, String destination) {
        Map<String, Object> asked = new HashMap<>();
        asked.put("email", email);
        asked.put("origin", null);
        asked.put("destination", destination);
        asked.put("visa_type", null);
        return TestDatabase.get().rows("policy/upsert-subscription", asked).get(0);
    }

    private static boolean confirm(Map<String, Object> subscription) {
        String token = subscription.get("token").toString();
        return (boolean) TestDatabase.get()
                .rows("policy/update-confirmed-subscription", Map.of("token", token))
                .get(0)
                .get("is_active");
    }

    private static List<Map<String, Object>> end(Map<String, Object> subscription) {
        Map<String, Object> ended = new HashMap<>();
        List.of("email", "origin", "destination", "visa_type").forEach(field -> ended.put(field, null));
        ended.put("tokens", subscription.get("token").toString());
        return TestDatabase.get().rows("policy/update-ended-subscriptions", ended);
    }

    @Test
    void nothing_but_the_question_is_sent_before_it_is_answered() throws Exception {
        Map<String, Object> subscription = ask("Reader@people.example", "gb");
        assertThat(subscription).containsEntry("state", "asked").containsEntry("destination", "GB");
        MailRows.changed("GB", "Student", "UK students", "-1\n+2\n");
        mail.send();
        assertThat(mail.received()).hasSize(1);
        assertThat(mail.received().get(0).getSubject()).isEqualTo("Catchment: please confirm your subscription");
        assertThat(MailRig.parts(mail.received().get(0)).get(0))
                .contains("from any country to GB, any visa type")
                .contains("catchment policy confirm " + subscription.get("token"));

        assertThat(confirm(subscription)).isTrue();
        assertThat(confirm(subscription)).as("again").isTrue();
        MailRows.changed("GB", "Work", "UK work", "-1\n+2\n");
        mail.send();
        assertThat(mail.received()).hasSize(2);
        assertThat(MailRig.parts(mail.received().get(1)).get(0))
                .contains("UK work")
                .doesNotContain("UK students");
    }

    @Test
    void asking_twice_sends_one_question_and_asking_for_what_is_active_none() {
        Map<String, Object> subscription = ask("reader@people.example", null);
        assertThat(ask("READER@people.example", null))
                .containsEntry("state", "asked")
                .containsEntry("token", subscription.get("token"));
        mail.send();
        assertThat(ask("reader@people.example", null)).containsEntry("state", "waiting");
        mail.send();
        confirm(subscription);
        assertThat(ask("reader@people.example", null)).containsEntry("state", "active");
        mail.send();
        assertThat(mail.received()).hasSize(1);
    }

    @Test
    void who_left_and_comes_back_is_asked_again() {
        Map<String, Object> subscription = ask("reader@people.example", null);
        mail.send();
        confirm(subscription);
        assertThat(end(subscription)).extracting(row -> row.get("was_ended")).containsExactly(false);
        assertThat(end(subscription)).extracting(row -> row.get("was_ended")).containsExactly(true);
        assertThat(confirm(subscription)).as("by the old link").isFalse();
        assertThat(ask("reader@people.example", null)).containsEntry("state", "asked");
        mail.send();
        assertThat(mail.received()).hasSize(2);
        assertThat(confirm(subscription)).isTrue();
    }

    @Test
    void a_question_that_was_refused_is_asked_again_when_it_is_wanted_again() {
        ask("reader@people.example", null);
        mail.service();
        mail.send();
        TestDatabase.execute("update policy.messages set status = 'failed', last_error = 'no', sent_at = null");
        assertThat(ask("reader@people.example", null)).containsEntry("state", "asked");
        mail.send();
        assertThat(mail.received()).hasSize(2);
    }

    @Test
    void who_leaves_is_not_told_what_waited_nor_asked() {
        Map<String, Object> asked = ask("other@people.example", null);
        MailRows.subscribed("reader@people.example", null, null, null);
        MailRows.changed("GB", "Student", "UK students", "-1\n+2\n");
        mail.stopServer();
        mail.send();
        end(asked);
        TestDatabase.rows("select token from policy.route_subscriptions").forEach(SubscriptionTest::end);
        assertThat(MailRows.alerts()).containsExactly("cancelled");
        mail.startServerAgain();
        TestDatabase.execute("update policy.messages set next_attempt_at = now()");
        mail.send();
        assertThat(mail.received()).isEmpty();
        assertThat(TestDatabase.texts("select distinct status from policy.messages"))
                .containsExactly("cancelled");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reader",
                "reader@people",
                "a b@people.example",
                "a@people.example\r\nBcc: b@people.example",
                "a@b.c, d@e.f"
            })
    void what_is_no_address_is_refused_by_the_schema(String email) {
        assertThatThrownBy(() -> ask(email, null)).hasStackTraceContaining("route_subscriptions_email_format");
    }

    @Test
    void the_schema_refuses_what_is_active_unconfirmed_or_ended() {
        ask("reader@people.example", null);
        for (String refused : List.of("is_active = true", "is_active = true, confirmed_at = now(), ended_at = now()")) {
            assertThatThrownBy(() -> TestDatabase.execute("update policy.route_subscriptions set " + refused))
                    .hasStackTraceContaining("route_subscriptions_");
        }
    }
}
