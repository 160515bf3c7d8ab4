package dev.catchment.ops;

import static dev.catchment.support.TestDatabase.number;
import static dev.catchment.support.TestDatabase.text;
import static dev.catchment.support.TestDatabase.texts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.Cli;
import dev.catchment.cli.Cli.Said;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.CrawlProcess;
import dev.catchment.support.CrawlRig;
import dev.catchment.support.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes over one database, each a process of its own: who they are, and what becomes of the work of one that drains. */
@Tag("process")
class NodesTest {
    private static final int ASSETS = 600;

    @RegisterExtension
    final CrawlRig rig = new CrawlRig();

    private CrawlProcess node() {
        return CrawlProcess.service("catalog", rig.settings());
    }

    private static String state(CrawlProcess node) {
        return TestDatabase.get().rows("ops/list-nodes", Map.of()).stream()
                .filter(row -> row.get("node").equals(name(node)))
                .map(row -> (String) row.get("state"))
                .findFirst()
                .orElse("gone");
    }

    private static void awaitState(CrawlProcess node, String wanted) {
        Await.until(
                "the node is " + wanted,
                () -> state(node) + " " + node.standardError(),
                said -> said.startsWith(wanted));
    }

    private static String name(CrawlProcess node) {
        return Node.name().replaceFirst("\\d+$", "") + node.pid();
    }

    @Test
    void a_node_that_is_drained_hands_its_crawl_to_another_which_drains_itself_when_the_schema_gets_newer()
            throws Exception {
        rig.set("ops.lease", "20s")
                .set("catalog.eu.url", "http://127.0.0.1:1/")
                .set("web.port", "off")
                .set("http.timeout", "30s");
        rig.serve(Assets.lines(ASSETS)).standIn().setLatency(Duration.ofSeconds(1));
        Cli cli = Cli.on(TestDatabase.get().url().connectionUrl());
        try (CrawlProcess first = node()) {
            Await.until("it crawls: " + first.standardError(), () -> number("select count(*) from ops.requests") >= 3);
            try (CrawlProcess second = node()) {
                awaitState(second, "working");
                assertThat(cli.run("nodes", "--json").endsWith(ExitCode.DONE).lines())
                        .hasSize(2)
                        .anySatisfy(line -> assertThat(line)
                                .contains(
                                        "\"node\":\"" + name(first) + "\"", "\"state\":\"working\"", "catalog/crawl/us")
                                .contains("\"rooms\":[\"catalog\"]", "\"version\":\"in development\""));

                Said drained = cli.run("drain", name(first)).endsWith(ExitCode.DONE);
                assertThat(drained.out()).contains(name(first) + " has ended.");
                assertThat(first.exitCode()).as(first.standardError()).isEqualTo(ExitCode.DONE);
                rig.standIn().setLatency(Duration.ZERO);
                Await.until(
                        "the second one resumes",
                        () -> texts(
                                        "select status || ' ' || coalesce(resumes::text, '') from ops.runs where scope = 'us' order by id")
                                + second.standardError(),
                        said -> said.contains("[stopped , succeeded"));
                assertThat(number("select count(*) from catalog.socrata_datasets"))
                        .isEqualTo(ASSETS);
                assertThat(number("select extract(epoch from b.started_at - a.finished_at)::bigint from ops.runs a"
                                + " join ops.runs b on b.resumes = a.id and b.scope = 'us'"))
                        .as("at once, not after the lease")
                        .isLessThan(15);
                assertThat(
                                texts(
                                        "select first_key from ops.requests where first_key is not null group by 1 having count(*) > 1"))
                        .isEmpty();
                refuses(cli, first, "There is no node");

                TestDatabase.execute(
                        "insert into public.flyway_schema_history (installed_rank, version, description, type,"
                                + " script, checksum, installed_by, execution_time, success) values (9999, '999', 'later', 'SQL',"
                                + " 'V999__later.sql', 1, current_user, 1, true)");
                try {
                    Await.until(
                            "it drains",
                            () -> text("select reason || coalesce(drained_at::text, '-') from ops.nodes"),
                            said -> said.contains("The schema is newer than this program: step 999")
                                    && !said.endsWith("-"));
                } finally {
                    TestDatabase.execute("delete from public.flyway_schema_history where installed_rank = 9999");
                }
                assertThat(second.standardError()).contains("This node drains").contains("This node is drained");
                assertThat(second.hasEnded()).isFalse();
                refuses(cli, second, "drains already");
                second.kill();
                TestDatabase.execute("update ops.nodes set heartbeat_at = heartbeat_at - lease");
                assertThat(cli.run("nodes").endsWith(ExitCode.DONE).out()).contains("lost");
                refuses(cli, second, "is lost");
            }
        }
    }

    private static void refuses(Cli cli, CrawlProcess node, String why) {
        assertThat(cli.run("drain", name(node)).endsWith(ExitCode.USAGE).err()).contains(why);
    }

    @Test
    void of_one_name_only_the_node_that_is_alive_is_asked_and_two_are_told_apart() {
        TestDatabase.execute(
                "insert into ops.nodes (id, name, rooms, version, step, started_at, heartbeat_at, lease) values"
                        + " ('h:1/a', 'h:1', '{}', '1', 1, now(), now() - interval '1 hour', '45 s'),"
                        + " ('h:1/b', 'h:1', '{}', '1', 1, now(), now(), '45 s'), ('h:1/c', 'h:1', '{}', '1', 1, now(), now(), '45 s')");
        assertThat(ask("h:1")).containsExactly("h:1/b false", "h:1/c false", "h:1/a false");
        assertThat(ask("h:1/c")).containsExactly("h:1/c true");
        assertThat(ask("h:1/c")).as("it drains already").containsExactly("h:1/c false");
        assertThat(ask("h:2")).isEmpty();
    }

    private static List<String> ask(String node) {
        return TestDatabase.get().rows("ops/update-draining-node", Map.of("node", node, "stays", false)).stream()
                .map(row -> row.get("node") + " " + row.get("is_asked"))
                .toList();
    }
}
