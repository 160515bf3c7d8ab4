package dev.catchment.webhooks;

import static dev.catchment.support.TestDatabase.number;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.HookRig;
import dev.catchment.support.Leases;
import dev.catchment.support.PostedTo;
import dev.catchment.support.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Services as processes of their own: killed between a delivery and its note, and two at once. */
@Tag("process")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DeliveryProcessesTest {
    private static final String HELD_UP = "select count(*) from pg_stat_activity where wait_event = 'advisory'";

    @RegisterExtension
    final HookRig hooks = new HookRig();

    @AfterEach
    void letGo() {
        TestDatabase.execute("drop trigger if exists brake on ops.messages");
        TestDatabase.execute("drop function if exists public.brake");
    }

    private CrawlProcess process() {
        Map<String, String> settings = new HashMap<>(hooks.settings());
        settings.putAll(HookRig.SECRETS);
        settings.put("catalog.crawl-on-start", "never");
        settings.put("webhooks.cron", "* * * * * ?");
        settings.put("webhooks.max-changes", "5");
        return CrawlProcess.service("webhooks", settings);
    }

    @Test
    void killed_between_a_delivery_and_its_note_another_posts_it_again_under_its_id_and_nothing_is_missing()
            throws Exception {
        hooks.add("mirror", "since", "0");
        HookRig.changes(30);
        TestDatabase.execute("create function public.brake() returns trigger language plpgsql as "
                + "$$ begin perform pg_advisory_xact_lock(5); return new; end $$");
        TestDatabase.execute("create trigger brake before update on ops.messages for each row "
                + "when (new.status = 'sent') execute function public.brake()");
        try (Connection brake = TestDatabase.get().dataSource().getConnection();
                Statement held = brake.createStatement();
                CrawlProcess first = process()) {
            held.execute("select pg_advisory_lock(5)");
            Await.until("a post is accepted and not noted: " + first.standardError(), () -> number(HELD_UP) == 1);
            first.kill();
            TestDatabase.rows("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'advisory'");
            Await.until("its transaction is gone", () -> number(HELD_UP) == 0);
            held.execute("select pg_advisory_unlock(5)");
            Leases.end(first);
        }
        assertThat(hooks.receiver().posts()).hasSize(1);
        assertThat(number("select after from webhooks.webhooks")).isZero();
        try (CrawlProcess one = process();
                CrawlProcess other = process()) {
            Await.until(
                    "all is posted: " + one.standardError() + other.standardError(),
                    () -> number("select max(c.number) - (select after from webhooks.webhooks) from harvest.changes c")
                            == 0);
        }
        List<String> ids = hooks.receiver().posts().stream()
                .map(post -> post.headers().get("webhook-id"))
                .toList();
        assertThat(ids.get(0)).as("the one that was not noted").isEqualTo(ids.get(1));
        assertThat(ids.subList(1, ids.size())).as("each other once").doesNotHaveDuplicates();
        assertThat(hooks.receiver().posts().subList(1, ids.size()).stream()
                        .map(HookRig::body)
                        .flatMap(body -> body.findValues("number").stream())
                        .map(number -> number.asLong()))
                .as("in order, each once")
                .isEqualTo(HookRig.published());
        PostedTo.Post twice = hooks.receiver().posts().get(1);
        assertThat(twice.body()).isEqualTo(hooks.receiver().posts().get(0).body());
    }
}
