package dev.catchment.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.postgres.DiskFull;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BallastTest {
    @TempDir
    private Path folder;

    @Test
    void is_made_once_where_there_is_room_and_given_back_only_when_there_is_none() throws Exception {
        ServerDirectory directory = ServerDirectory.at(folder.resolve("postgres"));
        Ballast ballast = new Ballast(directory);
        Path file = directory.root().resolve("ballast");
        assertThat(ballast.keep()).isTrue();
        assertThat(Files.size(file)).isEqualTo(Ballast.SIZE);
        var made = Files.getLastModifiedTime(file);
        assertThat(ballast.keep()).isTrue();
        ballast.releaseIfFull();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(made);
        assertThat(directory.root().toFile().list()).containsExactly("ballast");
    }

    @Test
    void a_full_disk_is_what_the_server_says_or_what_may_have_stopped_it() {
        var said = new IllegalStateException(new SQLException("could not extend file", "53100"));
        assertThat(DiskFull.isSaid(said)).isTrue();
        assertThat(DiskFull.mayHaveStopped(said)).isFalse();
        for (String lost : new String[] {"08006", "08001", "57P02", "57P03"}) {
            assertThat(DiskFull.mayHaveStopped(new SQLException("lost", lost))).isTrue();
        }
        assertThat(DiskFull.mayHaveStopped(new SQLException("unique", "23505"))).isFalse();
        assertThat(DiskFull.isSaid(new java.io.IOException("No space left on device")))
                .isFalse();
    }
}
