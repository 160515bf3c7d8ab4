package dev.catchment.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Await;
import dev.catchment.support.HookRig;
import dev.catchment.support.TestDatabase;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** When it is posted, as a receiver or an operator has it. */
class DeliveryTimesTest {
    @RegisterExtension
    final HookRig hooks = new HookRig();

    @Test
    void a_receiver_that_has_too_much_to_do_is_left_alone_as_long_as_it_asks_for() {
        hooks.add("mirror");
        HookRig.changes(1);
        String inAnHour = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
        assertThat(pauseAfter(500, "1800")).as("a failure of another kind").isLessThan(60);
        assertThat(pauseAfter(429, "1800")).isBetween(1700.0, 1800.0);
        assertThat(pauseAfter(503, inAnHour)).isBetween(3300.0, 3600.0);
        assertThat(pauseAfter(503, "999999999")).as("no longer than ever").isBetween(21500.0, 21600.0);
        assertThat(pauseAfter(429, "0")).as("no shorter either").isBetween(5.0, 30.0);
        assertThat(pauseAfter(503, "soon")).as("words, so that it doubles").isBetween(400.0, 1500.0);
    }

    private double pauseAfter(int status, String retryAfter) {
        hooks.receiver().answer(status, retryAfter);
        HookRig.due();
        hooks.deliver();
        return Double.parseDouble(TestDatabase.text(
                "select extract(epoch from next_attempt_at - now())::text from ops.messages where status = 'pending'"));
    }

    @Test
    void an_operator_pauses_resumes_and_has_posted_what_is_due_over_jmx() throws Exception {
        hooks.add("mirror");
        WebhooksMXBean bean = JMX.newMXBeanProxy(
                ManagementFactory.getPlatformMBeanServer(),
                new ObjectName("dev.catchment:type=Webhooks"),
                WebhooksMXBean.class);
        assertThat(bean.nextRun()).isEqualTo("never");
        assertThat(bean.pause("mirror")).isEqualTo("The webhook mirror is paused; its cursor stays.");
        assertThat(bean.states()).isEqualTo(Map.of("mirror", "paused"));
        assertThat(bean.resume("mirror")).contains("resumes from its cursor");
        HookRig.changes(1);
        hooks.receiver().answer(503);
        assertThat(bean.run()).isEqualTo("What is due is posted.");
        Await.until("it fails", bean::states, states -> states.containsValue("failing"));
        assertThat(Instant.parse(bean.nextRun())).isAfter(Instant.now());
    }
}
