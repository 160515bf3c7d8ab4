package dev.catchment.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.catchment.cli.Cli;
import dev.catchment.cli.CliRig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Subscriptions and mails, as commands are typed. */
class PolicyMailCommandsTest {
    @RegisterExtension
    static final CliRig RIG = new CliRig("cli_policy_mail");

    private static List<String> subscriptions() {
        return RIG.texts("""
                select concat_ws(' ', email, origin_country, destination_country, visa_type,
                  case when ended_at is not null then 'ended' when is_active then 'active' else 'asked' end)
                from policy.route_subscriptions order by created_at""");
    }

    private static String token() {
        return RIG.texts("select token from policy.route_subscriptions").get(0);
    }

    @Test
    void subscribes_confirms_and_unsubscribes_and_each_may_be_said_again() {
        String[] subscribe =
                "policy subscribe me@people.example --origin af --destination GB --visa-type Student".split(" ");
        assertThat(RIG.run(subscribe).endsWith(0).out())
                .contains(
                        "me@people.example, from AF to GB, visa type Student: will be asked to confirm",
                        "policy.mail.host");
        RIG.run(subscribe).endsWith(0);
        assertThat(subscriptions()).containsExactly("me@people.example AF GB Student asked");
        assertThat(RIG.run("policy", "confirm", token()).endsWith(0).out()).contains("confirmed; will receive alerts");
        RIG.run("policy", "confirm", token()).endsWith(0);
        assertThat(RIG.run(subscribe).endsWith(0).out()).contains("already subscribed");

        assertThat(RIG.run("policy", "unsubscribe", "ME@people.example")
                        .endsWith(0)
                        .out())
                .contains(": ended.");
        assertThat(RIG.run("policy", "unsubscribe", token()).endsWith(0).out()).contains("had already ended.");
        assertThat(subscriptions()).containsExactly("me@people.example AF GB Student ended");
        assertThat(RIG.run("policy", "confirm", token()).endsWith(2).err()).contains("has ended");
    }

    @Test
    void ends_the_subscriptions_of_one_route_alone() {
        RIG.run("policy", "subscribe", "me@people.example", "--destination", "GB")
                .endsWith(0);
        RIG.run("policy", "subscribe", "me@people.example", "--destination", "US")
                .endsWith(0);
        RIG.run("policy", "unsubscribe", "me@people.example", "--destination", "gb")
                .endsWith(0);
        assertThat(subscriptions()).containsExactly("me@people.example GB ended", "me@people.example US asked");
        assertThat(RIG.run("policy", "unsubscribe", "me@people.example", "--destination", "FR")
                        .endsWith(2)
                        .err())
                .contains("me@people.example has no such subscription");
    }

    @Test
    void refuses_what_is_no_address_country_or_token() {
        RIG.run("policy", "subscribe", "me").endsWith(2);
        RIG.run("policy", "subscribe", "me@people.example\nBcc: x@y.example").endsWith(2);
        RIG.run("policy", "subscribe", "me@people.example", "--origin", "AFG").endsWith(2);
        RIG.run("policy", "subscribe", "me@people.example", "--visa-type", " ").endsWith(2);
        RIG.run("policy", "subscribe", "me@people.example", "--visa-type", "Student\nBcc: all")
                .endsWith(2);
        RIG.run("policy", "confirm", "x").endsWith(2);
        RIG.run("policy", "alerts", "--status", "lost").endsWith(2);
        RIG.run("policy", "alerts", "--limit", "0").endsWith(2);
        assertThat(subscriptions()).isEmpty();
    }

    @Test
    void alerts_shows_what_waits_and_why_and_sends_it() {
        RIG.run("policy", "subscribe", "me@people.example").endsWith(0);
        assertThat(RIG.run("policy", "alerts").endsWith(0).out())
                .contains("confirmation", "waiting", "me@people.example", "policy.mail.host is empty");
        assertThat(RIG.run("policy", "alerts", "--send").endsWith(2).err()).contains("policy.mail.host is empty");
    }

    @Test
    void alerts_sends_what_is_due_if_asked_to() {
        RIG.run("policy", "subscribe", "me@people.example").endsWith(0);
        GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        try {
            Cli sending = RIG.cli()
                    .with("POLICY_MAIL_HOST", "127.0.0.1")
                    .with("POLICY_MAIL_PORT", String.valueOf(server.getSmtp().getPort()))
                    .with("POLICY_MAIL_SECURITY", "none");
            assertThat(sending.run("policy", "alerts").endsWith(0).out()).contains("It goes out with the next mails.");
            assertThat(sending.run("policy", "alerts", "--send", "--json")
                            .endsWith(0)
                            .out())
                    .contains("\"status\":\"sent\"", "\"attempts\":1");
            assertThat(server.getReceivedMessages()).hasSize(1);
        } finally {
            server.stop();
        }
    }

    @Test
    void alerts_makes_due_what_failed() throws Exception {
        RIG.execute("insert into policy.route_subscriptions (email, asked_at) values ('me@people.example', now())");
        RIG.execute(
                "insert into policy.messages (kind, recipient, subscription_id, message_id, status, attempts, last_error) "
                        + "select 'confirmation', email, id, 'x@y', 'failed', 3, 'refused' from policy.route_subscriptions");
        assertThat(RIG.run("policy", "alerts", "--status", "failed").endsWith(0).out())
                .contains("refused");
        assertThat(RIG.run("policy", "alerts", "--retry", "--json").endsWith(0).out())
                .contains("\"status\":\"pending\"", "\"attempts\":0");
    }
}
