package dev.catchment.policy.diff;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import com.github.difflib.algorithm.myers.MyersDiffWithLinearSpace;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import dev.catchment.policy.text.Sentences;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The way from one text to another as a unified diff that {@code patch} applies; empty if they are equal.
 *
 * @param added lines, removed lines
 * @param isReplaced the texts have too little in common to be compared line by line: all of the middle is told as replaced
 */
public record Diff(String unified, int added, int removed, boolean isReplaced) {
    /** Lines between what both texts begin and end with; comparing takes the product of both, twice as many four times as long. */
    static final int MOST_LINES = 5_000;

    private static final int CONTEXT = 3;
    private static final String HEAD = "--- old\n+++ new\n";

    /**
     * Long lines are cut at sentences first, as they are in a {@code PageText} text already.
     *
     * @throws IllegalStateException if the diff does not lead from the one to the other
     */
    public static Diff between(String before, String after) {
        return between(before, after, MOST_LINES);
    }

    static Diff between(String before, String after, int mostLines) {
        String cutBefore = cut(before);
        String cutAfter = cut(after);
        List<String> old = Patch.lines(cutBefore);
        List<String> now = Patch.lines(cutAfter);
        Edit middle = middle(old, now);
        boolean isReplaced = Math.max(middle.removed, middle.added) > mostLines;
        List<Edit> edits = isReplaced ? List.of(middle) : edits(old, now, middle);
        String unified = unified(old, now, edits);
        if (!Patch.apply(cutBefore, unified).equals(cutAfter)) {
            throw new IllegalStateException("The diff does not turn the old text into the new one.");
        }
        int added = edits.stream().mapToInt(Edit::added).sum();
        int removed = edits.stream().mapToInt(Edit::removed).sum();
        return new Diff(unified, added, removed, isReplaced);
    }

    /** What lies between the lines both texts begin with and those they end with. */
    private static Edit middle(List<String> old, List<String> now) {
        int shorter = Math.min(old.size(), now.size());
        int head = common(old, now, shorter, false);
        int tail = common(old, now, shorter - head, true);
        return new Edit(head, old.size() - tail - head, head, now.size() - tail - head);
    }

    /** Myers' algorithm in linear space: the plain one keeps every step of two texts that differ throughout. */
    private static List<Edit> edits(List<String> old, List<String> now, Edit middle) {
        List<String> oldMiddle = old.subList(middle.from, middle.from + middle.removed);
        List<String> newMiddle = now.subList(middle.to, middle.to + middle.added);
        List<Edit> edits = new ArrayList<>();
        DiffUtils.diff(oldMiddle, newMiddle, new MyersDiffWithLinearSpace<>()).getDeltas().stream()
                .map(delta -> new Edit(
                        delta.getSource().getPosition() + middle.from,
                        delta.getSource().size(),
                        delta.getTarget().getPosition() + middle.to,
                        delta.getTarget().size()))
                .forEach(edit -> add(edits, edit));
        return edits;
    }

    /** A change comes as an insertion and a deletion that touch: it is one edit, in which what goes is said first. */
    private static void add(List<Edit> edits, Edit next) {
        Edit last = edits.isEmpty() ? null : edits.get(edits.size() - 1);
        if (last != null && next.from == last.from + last.removed && next.to == last.to + last.added) {
            edits.set(
                    edits.size() - 1,
                    new Edit(last.from, last.removed + next.removed, last.to, last.added + next.added));
        } else {
            edits.add(next);
        }
    }

    /** As POSIX diff -u and GNU diff write it. */
    private static String unified(List<String> old, List<String> now, List<Edit> edits) {
        com.github.difflib.patch.Patch<String> patch = new com.github.difflib.patch.Patch<>();
        edits.forEach(edit -> patch.addDelta(new ChangeDelta<>(
                new Chunk<>(edit.from, old.subList(edit.from, edit.from + edit.removed)),
                new Chunk<>(edit.to, now.subList(edit.to, edit.to + edit.added)))));
        StringBuilder unified = new StringBuilder();
        for (String line : UnifiedDiffUtils.generateUnifiedDiff("old", "new", old, patch, CONTEXT)) {
            boolean isHead = unified.length() < HEAD.length() || line.startsWith("@@");
            unified.append(line);
            // A line here keeps its line end, if it has one; the heads have none.
            if (!line.endsWith("\n")) {
                unified.append(isHead ? "\n" : "\n" + Patch.NO_END);
            }
        }
        return unified.toString();
    }

    private static int common(List<String> old, List<String> now, int most, boolean fromEnd) {
        int same = 0;
        while (same < most
                && old.get(fromEnd ? old.size() - 1 - same : same)
                        .equals(now.get(fromEnd ? now.size() - 1 - same : same))) {
            same++;
        }
        return same;
    }

    private static String cut(String text) {
        return Stream.of(text.split("\n", -1))
                .flatMap(line -> Sentences.of(line).stream())
                .collect(Collectors.joining("\n"));
    }

    /**
     * Lines taken out of the old text and put into the new one.
     *
     * @param from index in the old text, counted from 0
     * @param to index in the new text
     */
    record Edit(int from, int removed, int to, int added) {}
}
