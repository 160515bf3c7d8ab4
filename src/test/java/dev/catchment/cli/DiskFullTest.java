package dev.catchment.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.catalog.standin.StandInServer;
import dev.catchment.postgres.embedded.EmbeddedServer;
import dev.catchment.postgres.embedded.Programs;
import dev.catchment.support.Assets;
import dev.catchment.support.IndexFiles;
import dev.catchment.support.SmallDisk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a person reads when the disk is full, and what can still be done then. */
@Timeout(600)
class DiskFullTest {
    private static final int LITTLE = 2 << 20;

    @RegisterExtension
    static final CliRig RIG = new CliRig("cli_disk_full");

    @TempDir
    private Path folder;

    /** About 25 MB of records. */
    private Path index() throws Exception {
        List<String> lines = IntStream.range(0, 6000)
                .mapToObj(number ->
                        IndexFiles.asset(Assets.id(number), "a.gov", ("word" + number + " ").repeat(400), "null"))
                .toList();
        return Files.write(folder.resolve("index.ndjson"), lines);
    }

    @Test
    void under_the_embedded_server_a_seed_fails_in_one_sentence_the_ledger_can_be_asked_and_it_resumes()
            throws Exception {
        String index = index().toString();
        try (SmallDisk disk = SmallDisk.mount(400)) {
            Cli cli = on(disk);
            try (EmbeddedServer held = server(disk)) {
                cli.run("schema", "up").endsWith(0);
                disk.fill(LITTLE);
                expectFull(disk, cli.run("seed", "--index", index).endsWith(1).out());
                assertThat(cli.run("runs", "--json").endsWith(0).out()).contains("\"status\":\"failed\"");
                expectFull(disk, cli.run("seed", "--index", index).endsWith(1).err());
                assertThat(cli.run("runs", "--json").endsWith(0).lines())
                        .as("nothing is begun on a full disk")
                        .hasSize(1);

                disk.makeRoom();
                assertThat(cli.run("seed", "--index", index).endsWith(0).out()).contains("succeeded");
                assertThat(cli.run("verify", "registry").endsWith(0).out())
                        .contains("holds 6,000 records: 6,000 are in the registry");
                assertThat(disk.root().resolve("data/postgres/ballast")).exists();
            }

            disk.fill(0);
            assertThat(cli.run("runs", "--json").endsWith(0).lines())
                    .as("the server starts on a disk that others filled")
                    .hasSize(2);
            assertThat(disk.root().resolve("data/postgres/ballast")).doesNotExist();
        }
    }

    @Test
    void under_the_embedded_server_a_crawl_fails_in_one_sentence_and_the_next_resumes() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(400);
                StandInServer upstream = StandInServer.start()) {
            upstream.standIn().replace(Assets.lines(6000));
            Cli cli = on(disk).with("CATALOG_US_URL", upstream.url());
            try (EmbeddedServer held = server(disk)) {
                cli.run("schema", "up").endsWith(0);
                disk.fill(LITTLE);
                expectFull(disk, cli.run("crawl", "--region", "us").endsWith(1).out());
                disk.makeRoom();
                assertThat(cli.run("crawl", "--region", "us", "--json")
                                .endsWith(0)
                                .out())
                        .contains("\"status\":\"succeeded\"");
            }
            assertThat(cli.run("verify", "catalog").endsWith(0).out()).contains("6,000 datasets");
        }
    }

    private static Cli on(SmallDisk disk) throws Exception {
        return Cli.embedded("cli-disk-full")
                .with("DATA_DIR", disk.root().resolve("data").toString());
    }

    /** Keeps the server up between the commands, so that it meets the full disk while it runs. */
    private static EmbeddedServer server(SmallDisk disk) {
        return EmbeddedServer.open(Programs.share(disk.root().resolve("data/postgres")), 0);
    }

    private static void expectFull(SmallDisk disk, String said) {
        assertThat(said)
                .containsOnlyOnce("The disk of the embedded PostgreSQL is full (")
                .contains(
                        "MB free in " + disk.root().resolve("data/postgres")
                                + "): what was committed is safe; make at least",
                        " MB of room there, and ")
                .doesNotContain("Internal error", "refused", "Exception");
    }

    @Test
    void a_server_of_ones_own_that_says_so_is_named_and_the_next_run_resumes() throws Exception {
        Path file = Files.write(folder.resolve("small.ndjson"), IndexFiles.assets(10));
        RIG.execute("create function public.full_disk() returns trigger language plpgsql as $$ begin raise exception "
                + "'could not extend file \"base/1/2\": No space left on device' using errcode = '53100'; end $$");
        RIG.execute("create trigger full_disk before insert on registry.assets execute function public.full_disk()");
        try {
            Cli.Said said = RIG.run("seed", "--index", file.toString()).endsWith(1);
            assertThat(said.out())
                    .contains("The disk of the database server 127.0.0.1:")
                    .contains(
                            "is full (could not extend file \"base/1/2\": No space left on device): what was committed is"
                                    + " safe; make room on it, and the next run resumes from its cursor.");
        } finally {
            RIG.execute("drop trigger full_disk on registry.assets; drop function public.full_disk()");
        }
        RIG.execute("create function public.full_disk() returns trigger language plpgsql as $$ begin raise exception "
                + "'could not write' using errcode = '53100'; end $$");
        RIG.execute("create trigger full_disk before insert on ops.runs execute function public.full_disk()");
        try {
            Cli.Said said = RIG.run("seed", "--index", file.toString()).endsWith(1);
            assertThat(said.err())
                    .contains("catchment: The disk of the database server", "(could not write)")
                    .doesNotContain("Internal error");
        } finally {
            RIG.execute("drop trigger full_disk on ops.runs; drop function public.full_disk()");
        }
        RIG.run("seed", "--index", file.toString()).endsWith(0);
    }

    @Test
    void a_load_ends_with_1_and_says_that_its_job_is_retried() throws Exception {
        String file = Files.writeString(folder.resolve("yob1880.txt"), "Mary,F,7065\r\n")
                .toString();
        RIG.execute("create function public.full_disk() returns trigger language plpgsql as $$ begin raise exception "
                + "'could not write' using errcode = '53100'; end $$");
        RIG.execute("create trigger full_disk before update of status on names.datasets for each row "
                + "when (new.status = 'completed') execute function public.full_disk()");
        try {
            assertThat(RIG.run("load", file).endsWith(1).out())
                    .contains("yob1880.txt (us-ssa): queued", "is full (could not write): what was committed is safe")
                    .contains("its job is retried by the service or by the next 'catchment load'")
                    .doesNotContain("cursor");
        } finally {
            RIG.execute("drop trigger full_disk on names.datasets; drop function public.full_disk()");
        }
        assertThat(RIG.run("load", file).endsWith(0).out()).contains("completed");
    }
}
