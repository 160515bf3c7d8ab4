package dev.catchment.policy.diff;

import dev.catchment.policy.diff.Diff.Edit;
import java.util.ArrayList;
import java.util.List;

/** Writes edits in the unified format, as POSIX diff -u and GNU diff do. A line here keeps its line end, if it has one. */
final class Hunks {
    static final String NO_END = "\\ No newline at end of file\n";
    private static final int CONTEXT = 3;

    private Hunks() {}

    /** Split at line feeds alone: any other line end is text. */
    static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("(?<=\n)"));
    }

    static String write(List<String> old, List<String> now, List<Edit> edits) {
        if (edits.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("--- old\n+++ new\n");
        List<Edit> hunk = new ArrayList<>();
        for (Edit edit : edits) {
            if (!hunk.isEmpty() && edit.from() - end(hunk) > 2 * CONTEXT) {
                write(out, old, now, hunk);
                hunk.clear();
            }
            hunk.add(edit);
        }
        write(out, old, now, hunk);
        return out.toString();
    }

    private static int end(List<Edit> hunk) {
        Edit last = hunk.get(hunk.size() - 1);
        return last.from() + last.removed();
    }

    private static void write(StringBuilder out, List<String> old, List<String> now, List<Edit> hunk) {
        Edit first = hunk.get(0);
        int start = Math.max(0, first.from() - CONTEXT);
        int end = Math.min(old.size(), end(hunk) + CONTEXT);
        int grown =
                hunk.stream().mapToInt(edit -> edit.added() - edit.removed()).sum();
        int newStart = first.to() - (first.from() - start);
        out.append("@@ -%s +%s @@\n".formatted(range(start, end - start), range(newStart, end - start + grown)));
        int at = start;
        for (Edit edit : hunk) {
            each(out, ' ', old.subList(at, edit.from()));
            each(out, '-', old.subList(edit.from(), edit.from() + edit.removed()));
            each(out, '+', now.subList(edit.to(), edit.to() + edit.added()));
            at = edit.from() + edit.removed();
        }
        each(out, ' ', old.subList(at, end));
    }

    /** Lines are counted from 1; no line at all is told by the line before it. */
    private static String range(int start, int count) {
        return (count == 0 ? start : start + 1) + "," + count;
    }

    private static void each(StringBuilder out, char mark, List<String> lines) {
        for (String line : lines) {
            out.append(mark).append(line);
            if (!line.endsWith("\n")) {
                out.append('\n').append(NO_END);
            }
        }
    }
}
