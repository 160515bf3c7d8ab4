package dev.catchment.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.WebRig;
import dev.catchment.support.WebRig.Answer;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.quartz.QuartzComponent;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.quartz.Scheduler;
import org.quartz.Trigger;

class HealthTest {
    @RegisterExtension
    static final WebRig RIG = new WebRig().with("web.login", "always");

    @Test
    void whoever_asks_is_told_that_it_lives_and_is_ready() {
        Answer live = RIG.get("/health/live");
        assertThat(live.status()).as(live.text()).isEqualTo(200);
        assertThat(checks(live)).containsExactly("context up", "scheduler up");
        Answer ready = RIG.get("/health/ready");
        assertThat(ready.status()).as(ready.text()).isEqualTo(200);
        assertThat(checks(ready))
                .contains("database up", "schema up", "timers up", "disk up", "routes up", "heartbeats up");
    }

    @Test
    void a_schema_that_is_not_up_is_not_ready_and_says_what_to_do() {
        TestDatabase.execute(
                "update public.flyway_schema_history set checksum = checksum + 1 where script like '%ops_functions%'");
        try {
            assertThat(reason(RIG.get("/health/ready"), 503, "schema")).contains("catchment schema up");
        } finally {
            TestDatabase.execute(
                    "update public.flyway_schema_history set checksum = checksum - 1 where script like '%ops_functions%'");
        }
    }

    @Test
    void a_route_that_was_stopped_is_named() throws Exception {
        RIG.service().camel().getRouteController().stopRoute("ops-heartbeat");
        try {
            assertThat(reason(RIG.get("/health/ready"), 503, "routes")).contains("ops-heartbeat");
            assertThat(RIG.get("/health/live").status())
                    .as("a restart is not called for")
                    .isEqualTo(200);
        } finally {
            RIG.service().camel().getRouteController().startRoute("ops-heartbeat");
        }
    }

    @Test
    void a_timer_that_died_or_is_late_is_named_with_its_reason() throws Exception {
        RIG.service().camel().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("quartz:test/dies?cron=0+0+0+1+1+?+2099&trigger.timeZone=UTC")
                        .routeId("test-dies")
                        .to("log:nothing");
            }
        });
        Scheduler scheduler = RIG.service()
                .camel()
                .getComponent("quartz", QuartzComponent.class)
                .getScheduler();
        QuartzEndpoint endpoint =
                (QuartzEndpoint) RIG.service().camel().getRoute("test-dies").getEndpoint();
        try {
            Answer before = RIG.get("/health/ready");
            assertThat(before.status()).as(before.text()).isEqualTo(200);
            scheduler.pauseTrigger(endpoint.getTriggerKey());
            assertThat(reason(RIG.get("/health/ready"), 503, "timers")).contains("test-dies: its trigger is paused.");
            scheduler.resumeTrigger(endpoint.getTriggerKey());
            Trigger due = scheduler.getTrigger(endpoint.getTriggerKey());
            assertThat(RIG.service()
                            .bean("triggers", Triggers.class)
                            .states(due.getNextFireTime().toInstant().plusSeconds(61)))
                    .extractingByKey("test-dies")
                    .asString()
                    .startsWith("it should have fired at 2099-01-01T00:00:00Z");
            scheduler.unscheduleJob(endpoint.getTriggerKey());
            assertThat(reason(RIG.get("/health/ready"), 503, "timers")).contains("test-dies: its trigger is gone.");
        } finally {
            RIG.service().camel().getRouteController().stopRoute("test-dies");
            RIG.service().camel().removeRoute("test-dies");
        }
    }

    @Test
    void a_worker_whose_heartbeats_stopped_is_told_of() {
        Workers workers = RIG.service().bean("workers", Workers.class);
        String worker = workers.begin();
        try {
            TestDatabase.execute("select ops.beat('{" + worker + "}');"
                    + " update ops.workers set heartbeat_at = now() - interval '44 seconds' where id = '" + worker
                    + "'");
            assertThat(reason(RIG.get("/health/ready"), 503, "heartbeats"))
                    .matches(".*has not sent a heartbeat for 4\\d s.*")
                    .doesNotContain(worker);
        } finally {
            workers.end(worker);
        }
    }

    private static List<String> checks(Answer answer) {
        List<String> checks = new ArrayList<>();
        for (JsonNode check : answer.json().get("checks")) {
            checks.add(check.get("check").asText() + " " + check.get("status").asText());
        }
        return checks;
    }

    private static String reason(Answer answer, int status, String name) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        for (JsonNode check : answer.json().get("checks")) {
            if (check.get("check").asText().equals(name)) {
                return check.path("reason").asText();
            }
        }
        throw new AssertionError("No check " + name + ": " + answer.text());
    }
}
