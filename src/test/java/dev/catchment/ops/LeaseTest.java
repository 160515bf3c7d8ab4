package dev.catchment.ops;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.IndexFiles;
import dev.catchment.support.Loss;
import dev.catchment.support.LostProcess;
import dev.catchment.support.NamesRig;
import dev.catchment.support.PolicyRig;
import dev.catchment.support.SeedRig;
import dev.catchment.support.ServedPage;
import dev.catchment.support.TestDatabase;
import dev.catchment.support.Watched;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Processes that are killed, paused or cut off neither hold what they had for longer than their lease, nor write afterwards. */
@Tag("process")
class LeaseTest {
    private static final String LEDGER =
            "select r.id || status || seen || added || coalesce(error, '') || (select count(*) from ops.requests q where q.run_id = r.id)"
                    + " from ops.runs r order by r.id";

    @RegisterExtension
    final CrawlRig crawls = new CrawlRig();

    @RegisterExtension
    static final SeedRig SEEDS = new SeedRig();

    @RegisterExtension
    static final NamesRig NAMES = new NamesRig();

    @RegisterExtension
    static final PolicyRig POLICY = new PolicyRig();

    @AfterEach
    void letGo() {
        // The whole table before its partitions, as who reads it locks them.
        TestDatabase.execute("do $$ begin lock table ops.requests in access exclusive mode;"
                + " drop function if exists public.brake cascade; end $$");
    }

    private static void brake(String table, String seconds) {
        TestDatabase.execute("create function public.brake() returns trigger language plpgsql as "
                + "$$ begin perform pg_sleep(" + seconds + "); return new; end $$");
        TestDatabase.execute(
                "create trigger brake before insert on " + table + " for each row execute function public.brake()");
    }

    @ParameterizedTest
    @EnumSource
    void a_region_is_crawled_by_the_next(Loss loss) throws Exception {
        crawls.serve(Assets.lines(395)).standIn().setLatency(Duration.ofMillis(60));
        new LostProcess(loss, crawls.settings(), "crawl", "--region", "us", "--json")
                .comesBack(
                        () -> number("select count(*) from ops.requests") >= 3,
                        () -> assertThat(crawls.crawl()).containsEntry("status", "succeeded"),
                        () -> texts(LEDGER));
        assertThat(texts("select status || coalesce(resumes::text, '') from ops.runs order by id"))
                .containsExactly("abandoned", "succeeded1");
        assertThat(number("select count(*) from catalog.socrata_datasets")).isEqualTo(395);
    }

    @ParameterizedTest
    @EnumSource
    void a_file_is_seeded_by_the_next(Loss loss) throws Exception {
        SEEDS.set("registry.batch-size", "20");
        Path file = SEEDS.lines("index.ndjson", IndexFiles.assets(2000));
        brake("ops.requests", "0.1");
        new LostProcess(loss, SEEDS.settings(), "seed", "--index", file.toString(), "--json")
                .comesBack(
                        () -> number("select count(*) from ops.requests") >= 3,
                        () -> {
                            letGo();
                            assertThat(SEEDS.seed(file)).containsEntry("status", "succeeded");
                        },
                        () -> texts(LEDGER));
        assertThat(texts("select status || coalesce(resumes::text, '') from ops.runs order by id"))
                .containsExactly("abandoned", "succeeded1");
        assertThat(number("select count(*) from registry.assets")).isEqualTo(2000);
    }

    @ParameterizedTest
    @EnumSource
    void a_names_file_is_loaded_by_the_next(Loss loss) throws Exception {
        Path file = NAMES.file("yob1880.txt", "Mary,F,1880", "Anna,F,5", "Nobody,F,many", "John,M,7");
        brake("ops.rejects", "2");
        new LostProcess(loss, Map.of("data.dir", NAMES.data().toString()), "load", file.toString())
                .comesBack(
                        () -> number("select count(*) from pg_stat_activity where wait_event = 'PgSleep'") == 1,
                        () -> {
                            letGo();
                            Await.until("its job is done", () -> {
                                NAMES.work();
                                return number("select count(*) from names.jobs where status = 'completed'") == 1;
                            });
                        },
                        () -> texts(LEDGER) + " " + texts("select attempts || claimed_by || run_id from names.jobs"));
        assertThat(NamesRig.figures()).containsExactly("1880 F Anna 5", "1880 F Mary 1880", "1880 M John 7");
        assertThat(number("select count(*) from names.names")).isEqualTo(3);
        assertThat(texts("select attempts::text from names.jobs")).containsExactly("2");
    }

    @ParameterizedTest
    @EnumSource
    void a_page_is_checked_by_the_next(Loss loss) throws Exception {
        POLICY.set("policy.http.timeout", "5m").pages().serve("/visa", ServedPage.html("<p>" + text() + "</p>"));
        Watched.source("Visa", POLICY.pages().url("/visa"));
        POLICY.pages().pause(Duration.ofSeconds(4));
        new LostProcess(loss, POLICY.settings(), "policy", "watch", "--json")
                .comesBack(
                        () -> number("select count(*) from policy.sources where claimed_by is not null") == 1
                                && !POLICY.pages().seen().isEmpty(),
                        () -> {
                            POLICY.pages().pause(Duration.ZERO);
                            assertThat(POLICY.watch()).containsEntry("added", 1L);
                        },
                        () -> texts("select outcome from policy.fetches")
                                + " "
                                + texts("select sequence::text from policy.policy_versions")
                                + texts("select next_check_at::text || coalesce(claimed_by, '-') from policy.sources"));
        assertThat(Watched.outcomes()).containsExactly("baseline");
    }

    private static String text() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add("The fee of visa " + i + " is " + i + "00 pounds, and you apply for it online.");
        }
        return String.join("</p><p>", lines);
    }
}
