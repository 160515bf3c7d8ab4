package dev.catchment.http;

import dev.catchment.errors.FatalFailure;
import dev.catchment.errors.PermanentFailure;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a body of any size goes.
 *
 * @param file which is written anew
 * @param most bytes of it
 * @param mostSetting the setting that says so
 * @param free bytes that stay free on its disk, for the database may lie on it too
 * @param freeSetting the setting that says so
 */
public record Spool(Path file, long most, String mostSetting, long free, String freeSetting) {
    /** The disk is looked at after so many bytes. */
    private static final long STEP = 8L << 20;

    OutputStream open() throws IOException {
        requireRoom();
        return new FilterOutputStream(Files.newOutputStream(file)) {
            private long unchecked;

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                unchecked += length;
                if (unchecked > STEP) {
                    unchecked = 0;
                    requireRoom();
                }
                out.write(bytes, from, length);
            }
        };
    }

    private void requireRoom() throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        long usable = Files.getFileStore(folder).getUsableSpace();
        if (usable < free) {
            throw new FatalFailure(
                    "The document was not read: only %,d MB are free in %s, and %s is %,d MB. Make room there, or lower that setting."
                            .formatted(usable >> 20, folder, freeSetting, free >> 20));
        }
    }

    PermanentFailure tooLarge() {
        return new PermanentFailure(
                "The document is larger than %s (%,d bytes). If that is right for this source, raise the setting."
                        .formatted(mostSetting, most));
    }
}
