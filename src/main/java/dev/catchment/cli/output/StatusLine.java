package dev.catchment.cli.output;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * A line at the foot of a terminal that is written anew in its place. Whatever else goes to standard error meanwhile
 * goes above it, whole. The width is never asked for: what does not fit is cut by the terminal, which is told not to wrap.
 */
final class StatusLine implements AutoCloseable {
    private static final String ERASE = "\r\u001b[K";
    private static final String CUT = "\u001b[?7l";
    private static final String WRAP = "\u001b[?7h";

    private final PrintStream terminal;
    private String line = "";
    /** Whether the cursor stands behind the beginning of a line that another wrote. */
    private boolean isInLine;

    private boolean isShown;
    private boolean isClosed;

    /** @param terminal standard error as it was; for the time being this takes its place */
    StatusLine(PrintStream terminal) {
        this.terminal = terminal;
        System.setErr(new PrintStream(new Above(), true, Charset.defaultCharset()));
    }

    /** Whether a terminal can do that. @param name of its kind, as TERM says it */
    static boolean isPossible(String name) {
        return Logging.isTerminal() && name != null && !name.isBlank() && !name.equals("dumb");
    }

    synchronized void show(String text) {
        if (!text.equals(line)) {
            line = text;
            draw();
        }
    }

    /** Writes elsewhere on the same terminal, such as to standard output. */
    synchronized void aside(Runnable write) {
        erase();
        write.run();
        draw();
    }

    private void draw() {
        if (!isInLine && !line.isEmpty() && !isClosed) {
            terminal.print("\r" + CUT + line + "\u001b[K" + WRAP);
            terminal.flush();
            isShown = true;
        }
    }

    private void erase() {
        if (isShown) {
            terminal.print(ERASE);
            terminal.flush();
            isShown = false;
        }
    }

    private synchronized void writeAbove(byte[] bytes, int from, int length) {
        erase();
        terminal.write(bytes, from, length);
        isInLine = bytes[from + length - 1] != '\n';
        draw();
    }

    /** Takes the line away; nothing of it stays on the screen. */
    @Override
    public synchronized void close() {
        erase();
        isClosed = true;
        System.setErr(terminal);
    }

    /** Standard error as everybody else sees it. */
    private final class Above extends OutputStream {
        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            if (length > 0) {
                writeAbove(bytes, from, length);
            }
        }
    }
}
