package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.sql.ScratchDatabase;
import dev.catchment.support.SmallDisk;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each check, where what it looks at is well and where it is not. */
class DoctorTest {
    private static List<String> checks(Cli.Said said) {
        return said.lines().stream()
                .filter(line -> line.matches("(ok|warn|fail|skip) .*"))
                .map(line -> line.split(" +")[1] + " " + line.split(" +")[0])
                .distinct()
                .toList();
    }

    @Test
    void of_a_fresh_database_it_warns_and_does_not_fail() throws Exception {
        Cli.Said said = Cli.embedded("doctor-fresh").run("doctor", "--offline").endsWith(0);
        assertThat(checks(said))
                .as(said.out())
                .contains(
                        "java ok",
                        "settings ok",
                        "database ok",
                        "clock ok",
                        "connections ok",
                        "rights ok",
                        "schema warn",
                        "jit warn",
                        "api_readonly warn",
                        "network skip");
        assertThat(said.out()).contains("There is no role api_readonly.", "'catchment schema up' sees to it.");
    }

    @Test
    void without_a_database_the_rest_is_checked() throws Exception {
        try (ServerSocket portal = new ServerSocket(0, 9, InetAddress.getByName("127.0.0.1"))) {
            int free;
            try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
                free = any.getLocalPort();
            }
            String there = "http://127.0.0.1:" + portal.getLocalPort();
            Cli cli = Cli.on("postgresql://me:sesame@127.0.0.1:1/open")
                    .with("POSTGRES_CONNECTION_TIMEOUT", "250ms")
                    .with("WEB_PORT", String.valueOf(free))
                    .with("CATALOG_US_URL", there)
                    .with("CATALOG_EU_URL", there);
            Cli.Said said = cli.run("doctor").endsWith(1);
            assertThat(checks(said))
                    .as(said.out())
                    .containsExactly(
                            "java ok",
                            "settings ok",
                            "disk ok",
                            "port ok",
                            "database fail",
                            "clock skip",
                            "network ok");
            assertThat(said.out()).doesNotContain("sesame");
            try (ServerSocket taken = new ServerSocket(free, 1, InetAddress.getByName("127.0.0.2"))) {
                said = cli.with("WEB_HOST", "127.0.0.2").run("doctor", "--offline");
                assertThat(said.out())
                        .as("where it is to be opened")
                        .contains("web.port=%d is taken or not allowed on 127.0.0.2.".formatted(taken.getLocalPort()));
            }
        }
    }

    @Test
    void a_role_without_rights_is_told_what_it_lacks() throws Exception {
        try (ScratchDatabase empty = ScratchDatabase.create("doctor_empty");
                ScratchDatabase full = ScratchDatabase.withSchema("doctor_full")) {
            String role = "doctor_" + ProcessHandle.current().pid();
            full.execute("create role %s login password 'visitor'".formatted(role));
            try {
                Cli.Said said = as(role, full).run("doctor", "--offline").endsWith(1);
                assertThat(checks(said)).as(said.out()).contains("database ok", "clock ok", "rights fail");
                assertThat(said.out()).contains("may not write into the tables of Catchment");

                said = as(role, empty).run("doctor", "--offline").endsWith(1);
                assertThat(checks(said)).as(said.out()).contains("rights fail", "schema warn", "api_readonly warn");
                assertThat(said.out())
                        .contains("may not create schemas", role + " is no member of the role api_readonly");
            } finally {
                full.execute("drop role " + role);
            }
        }
    }

    @Test
    void a_table_whose_next_partition_nobody_made_is_a_warning() throws Exception {
        try (ScratchDatabase database = ScratchDatabase.withSchema("doctor_late")) {
            Cli.Said said =
                    Cli.on(database.connectionUrl()).run("doctor", "--offline").endsWith(0);
            assertThat(checks(said)).as(said.out()).contains("partitions ok");
            database.execute("select setval(pg_get_serial_sequence('ops.runs', 'id'), 1000000)");
            database.execute(
                    "insert into ops.runs (room, flow, scope, trigger, mode, status, node, begun_at, started_at, heartbeat_at,"
                            + " finished_at) select 'catalog', 'crawl', 'us', 'cli', 'full', 'succeeded', 'n', at, at, at, at"
                            + " from (select now() - interval '1 hour' as at) t");
            said = Cli.on(database.connectionUrl()).run("doctor", "--offline").endsWith(0);
            assertThat(checks(said)).as(said.out()).contains("partitions warn");
            assertThat(said.out()).contains("None was made ahead of ops.requests.");
        }
    }

    @Test
    void a_topic_that_changes_are_not_published_to_any_more_is_a_warning_while_they_are_kept_for_it() throws Exception {
        try (ScratchDatabase database = ScratchDatabase.withSchema("doctor_topics")) {
            database.execute("insert into harvest.changes (dataset_id, source_id, change, run_id, changed_at)"
                    + " select gen_random_uuid(), 1, 'added', 1, now() from generate_series(1, 5)");
            database.execute("select harvest.publish_changes()");
            database.execute(
                    "insert into harvest.topics (name, after) values ('earlier', 2), ('present', 3), ('whole', 5)");
            Cli cli = Cli.on(database.connectionUrl())
                    .with("CHANGES_KAFKA_TOPIC", "present")
                    .with("KAFKA_BROKERS", "127.0.0.1:9");
            assertThat(checks(cli.run("doctor", "--offline")))
                    .as("all are kept for ever")
                    .doesNotContain("topics warn");
            cli = cli.with("HARVEST_CHANGES_KEEP", "31d");
            Cli.Said said = cli.run("doctor", "--offline").endsWith(0);
            assertThat(checks(said)).as(said.out()).contains("topics warn");
            assertThat(said.out()).contains("earlier has them up to 2.").doesNotContain("present has", "whole has");
            database.execute("delete from harvest.topics where name = 'earlier'");
            assertThat(checks(cli.run("doctor", "--offline"))).contains("topics ok");
        }
    }

    private static Cli as(String role, ScratchDatabase database) throws Exception {
        URI url = URI.create(database.connectionUrl());
        return Cli.on("postgresql://%s:visitor@%s:%d%s".formatted(role, url.getHost(), url.getPort(), url.getPath()));
    }

    @Test
    void a_full_disk_and_a_folder_that_cannot_be_written_fail() throws Exception {
        Cli cli = Cli.on("postgresql://me@127.0.0.1:1/open").with("POSTGRES_CONNECTION_TIMEOUT", "250ms");
        try (SmallDisk disk = SmallDisk.mount(100)) {
            String data = disk.root().resolve("data").toString();
            Cli.Said said =
                    cli.with("DATA_DIR", data).run("doctor", "--offline").endsWith(1);
            assertThat(checks(said)).as(said.out()).contains("disk fail");
            assertThat(said.out()).contains("MB are free in " + data, "Make at least 200 MB of room");
        }
        Cli.Said said = cli.with("DATA_DIR", "/proc/catchment")
                .run("doctor", "--offline")
                .endsWith(1);
        assertThat(checks(said)).as(said.out()).contains("disk fail");
    }

    @Test
    void settings_that_cannot_be_read_keep_it_from_the_rest() throws Exception {
        Cli.Said said = Cli.on("postgresql://me@127.0.0.1:1/open")
                .with("CATALOG_PAGE_SIZE", "0")
                .run("doctor")
                .endsWith(1);
        assertThat(checks(said))
                .containsExactly(
                        "java ok",
                        "settings fail",
                        "disk skip",
                        "port skip",
                        "database skip",
                        "clock skip",
                        "network skip");
    }

    @Test
    void clocks_that_are_seconds_apart_are_a_warning_and_minutes_apart_a_failure() {
        assertThat(Stream.of(1_900, 2_100, 59_000, 61_000)
                        .map(Duration::ofMillis)
                        .map(DoctorCommand::stateOfClocks))
                .containsExactly("ok", "warn", "warn", "fail");
    }
}
