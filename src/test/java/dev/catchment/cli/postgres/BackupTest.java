package dev.catchment.cli.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.cli.Cli;
import dev.catchment.sql.ScratchDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backup takes: a pg_dump that fits, and a file that is not there yet. */
class BackupTest {
    @TempDir
    private Path folder;

    private Cli on(String url) throws IOException {
        return Cli.on(url).with("DATA_DIR", folder.resolve("data").toString());
    }

    private String file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }

    @Test
    void a_backup_overwrites_nothing() throws IOException {
        Cli cli = on("postgresql://nobody@127.0.0.1:1/none");
        assertThat(cli.run("backup", "--out", file("a.dump", "precious"))
                        .endsWith(2)
                        .err())
                .contains("already exists");
        assertThat(cli.run("restore", folder.resolve("none.dump").toString())
                        .endsWith(2)
                        .err())
                .contains("Cannot read the file");
    }

    @Test
    void without_a_pg_dump_it_says_what_to_install() throws IOException {
        try (ScratchDatabase scratch = ScratchDatabase.create("backup")) {
            assertThat(backup(scratch).endsWith(1).err())
                    .contains("no pg_dump in " + folder, "postgresql-client-18", "postgres.tools");
        }
    }

    @Test
    void a_pg_dump_older_than_the_server_is_refused_with_both_versions() throws IOException {
        fake("echo 'pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)'\n");
        try (ScratchDatabase scratch = ScratchDatabase.create("backup")) {
            assertThat(backup(scratch).endsWith(1).err())
                    .contains("pg_dump is of version 15", "the server of version 18", "postgresql-client-18");
            assertThat(folder.resolve("a.dump")).doesNotExist();
        }
    }

    @Test
    void a_pg_dump_that_fails_leaves_no_file_and_is_quoted() throws IOException {
        fake("""
                [ "$1" = --version ] && echo 'pg_dump (PostgreSQL) 99.1' && exit
                touch "${2#--file=}"; echo 'pg_dump: error: the disk is full' >&2; exit 1
                """);
        try (ScratchDatabase scratch = ScratchDatabase.create("backup")) {
            assertThat(backup(scratch).endsWith(1).err()).contains("pg_dump failed", "the disk is full");
            assertThat(Files.list(folder))
                    .extracting(Path::getFileName)
                    .extracting(Path::toString)
                    .noneMatch(name -> name.endsWith(".tmp"));
            assertThat(folder.resolve("a.dump")).doesNotExist();
        }
    }

    @Test
    void the_password_is_in_the_environment_of_pg_dump_and_not_on_its_command_line() throws IOException {
        Path seen = folder.resolve("seen");
        fake("""
                [ "$1" = --version ] && echo 'pg_dump (PostgreSQL) 99.1' && exit
                echo "$PGPASSWORD" > "%1$s"; echo "$@" >> "%1$s"; touch "${2#--file=}"
                """.formatted(seen));
        try (ScratchDatabase scratch = ScratchDatabase.create("backup")) {
            String password = scratch.connectionUrl().replaceFirst("postgresql://[^:]+:([^@]+)@.*", "$1");
            Cli.Said said = backup(scratch).endsWith(0);
            List<String> lines = Files.readAllLines(seen);
            assertThat(lines.get(0)).isEqualTo(password);
            assertThat(lines.get(1) + said.out() + said.err())
                    .contains("--format=custom", "postgresql://")
                    .doesNotContain(password);
        }
    }

    private void fake(String script) throws IOException {
        Path dump = Files.writeString(folder.resolve("pg_dump"), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(dump, PosixFilePermissions.fromString("rwx------"));
    }

    private Cli.Said backup(ScratchDatabase scratch) throws IOException {
        return on(scratch.connectionUrl())
                .with("POSTGRES_TOOLS", folder.toString())
                .run("backup", "--out", folder.resolve("a.dump").toString());
    }
}
