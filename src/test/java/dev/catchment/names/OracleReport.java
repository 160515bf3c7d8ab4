package dev.catchment.names;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Every figure that was compared, and where two programs differ, who is right; written for people to read. */
final class OracleReport {
    private static final String LINE = "%-9s %-66s %s %s | %s%s%n";

    private final Map<String, String> rightly;
    private final List<String> differing = new ArrayList<>();
    private final StringBuilder text = new StringBuilder("names, sum, top, max, min by file, year and gender\n\n");
    private int same;

    /** @param rightly why we differ, by file, year and gender as {@link #where} writes them */
    OracleReport(Map<String, String> rightly) {
        this.rightly = new TreeMap<>(rightly);
    }

    static String where(Oracle.Line line) {
        return line.file() + " " + line.key().year() + " " + line.key().gender();
    }

    /** @param actual null if nothing was loaded */
    void compare(Oracle.Line line, Figured actual) {
        boolean equal = line.figured().equals(actual);
        same += equal ? 1 : 0;
        if (!equal) {
            differing.add(where(line));
        }
        say(equal ? "same" : "DIFFERENT", line, figures(line.figured()), equal ? "" : " | here " + figures(actual));
        if (!equal) {
            text.append("          ")
                    .append(rightly.getOrDefault(where(line), "nobody knows why"))
                    .append('\n');
        }
    }

    void note(String words) {
        text.append("note      ").append(words).append('\n');
    }

    List<String> differing() {
        return differing.stream().sorted(Comparator.naturalOrder()).toList();
    }

    int same() {
        return same;
    }

    void write(Path path) throws IOException {
        text.append("\n%d the same, %d different%n".formatted(same, differing.size()));
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    private void say(String verdict, Oracle.Line line, String expected, String actual) {
        text.append(LINE.formatted(
                verdict, line.file(), line.key().year(), line.key().gender(), expected, actual));
    }

    private static String figures(Figured one) {
        return one == null
                ? "refused"
                : "%d, %d, %s, %d, %d".formatted(one.names(), one.sum(), one.top(), one.max(), one.min());
    }
}
