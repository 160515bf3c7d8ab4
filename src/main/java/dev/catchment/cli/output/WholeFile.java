package dev.catchment.cli.output;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that a command writes: it appears whole or not at all. */
public final class WholeFile {
    private WholeFile() {}

    /** What is to be in it. */
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** @throws IOException which says of which file, and why */
    public static void write(Path file, Content content) throws IOException {
        Path whole = file.toAbsolutePath();
        Path draft = whole.resolveSibling(".%s.%d.tmp"
                .formatted(whole.getFileName(), ProcessHandle.current().pid()));
        try {
            Files.createDirectories(whole.getParent());
            try (OutputStream out = Files.newOutputStream(draft)) {
                content.write(new ToDisk(out, file));
            }
            Files.move(draft, whole, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException e) {
            throw new IOException("%s cannot be written (%s).".formatted(file, reason(e)), e);
        } finally {
            draft.toFile().delete(); // where there is none, or it may not be, what went wrong is known already
        }
    }

    /** The message of such a failure is the name of a file alone, unless the system gave a reason. */
    public static String reason(FileSystemException e) {
        if (e.getReason() != null) {
            return e.getReason();
        }
        return switch (e.getClass().getSimpleName()) {
            case "AccessDeniedException" -> "permission denied";
            case "NoSuchFileException" -> "no such file or folder";
            case "FileAlreadyExistsException" -> "it exists, and is not a folder";
            case "NotDirectoryException" -> "not a folder";
            default -> e.getClass().getSimpleName();
        };
    }

    /** Tells a full disk from what cannot be read. */
    private static final class ToDisk extends FilterOutputStream {
        private final Path file;

        ToDisk(OutputStream out, Path file) {
            super(out);
            this.file = file;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                throw new IOException("%s could not be written to its end (%s).".formatted(file, e.getMessage()), e);
            }
        }
    }
}
