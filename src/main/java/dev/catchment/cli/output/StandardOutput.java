package dev.catchment.cli.output;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a command prints. Java's own keeps to itself that it could not write: a list cut off by a full disk would look whole.
 */
public final class StandardOutput extends FilterOutputStream {
    /** What we print to, where Linux says so. */
    private static final Path GOES_TO = Path.of("/proc/self/fd/1");

    private final boolean isPipe;
    private IOException failure;

    /** @param isPipe to a program: what it does not read, it does not want */
    StandardOutput(OutputStream out, boolean isPipe) {
        super(out);
        this.isPipe = isPipe;
    }

    /** From now on what is printed goes through it. */
    public static StandardOutput use() {
        StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out), isPipe());
        String encoding =
                System.getProperty("stdout.encoding", Charset.defaultCharset().name());
        try {
            System.setOut(new PrintStream(new BufferedOutputStream(output), true, encoding));
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
        return output;
    }

    private static boolean isPipe() {
        try {
            return Files.readSymbolicLink(GOES_TO).toString().startsWith("pipe:");
        } catch (IOException elsewhere) {
            return false;
        }
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }

    /** Why not all that was printed has arrived; null if it has, or if its reader, such as head, wanted no more. */
    public String problem() {
        // The words are those of the system, in its language.
        return failure == null || isPipe || String.valueOf(failure.getMessage()).contains("Broken pipe")
                ? null
                : "The output could not be written to its end (%s).".formatted(failure.getMessage());
    }
}
