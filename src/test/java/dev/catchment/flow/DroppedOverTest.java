package dev.catchment.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that another one is dropped over while it is worked on. */
class DroppedOverTest {
    @TempDir
    Path folder;

    @Test
    void what_lies_there_in_the_end_is_what_was_taken_or_was_not_dealt_with() throws IOException {
        Inbox inbox = new Inbox(folder.toString(), 1000, 1);
        Path file = Files.writeString(folder.resolve("yob1880.txt"), "Mary,F,7065");
        inbox.take(file.toFile());
        assertThat(inbox.isDroppedOver(file.toFile())).isFalse();

        Path other = Files.writeString(folder.resolve("other.tmp"), "Mary,F,7066");
        Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(inbox.isDroppedOver(file.toFile()))
                .as("of the same name, length and moment")
                .isTrue();

        inbox.take(file.toFile());
        Files.writeString(file, "Mary,F,7065\nAnna,F,2604");
        assertThat(inbox.isDroppedOver(file.toFile())).as("written on").isTrue();

        inbox.take(file.toFile());
        Files.delete(file);
        assertThat(inbox.isDroppedOver(file.toFile())).as("removed").isTrue();
    }
}
