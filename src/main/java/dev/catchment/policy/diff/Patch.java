package dev.catchment.policy.diff;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Applies a unified diff as strictly as it can be: every line where the diff says, nothing guessed. */
public final class Patch {
    private static final Pattern HUNK = Pattern.compile("@@ -(\\d+),(\\d+) \\+\\d+,(\\d+) @@\n");
    private static final int FILE_NAMES = 2;

    static final String NO_END = "\\ No newline at end of file\n";

    private final List<String> before;
    private final List<String> after = new ArrayList<>();
    private int at;

    private Patch(List<String> before) {
        this.before = before;
    }

    /** Split at line feeds alone: any other line end is text. */
    static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("(?<=\n)"));
    }

    /** @throws IllegalArgumentException if the diff is not one of this text */
    public static String apply(String before, String unified) {
        if (unified.isEmpty()) {
            return before;
        }
        Patch patch = new Patch(lines(before));
        List<String> diff = lines(unified);
        for (int i = FILE_NAMES; i < diff.size(); ) {
            i = patch.hunk(diff, i);
        }
        patch.copy(patch.before.size());
        return String.join("", patch.after);
    }

    /** @return the index after the hunk */
    private int hunk(List<String> diff, int head) {
        Matcher range = HUNK.matcher(diff.get(head));
        require(range.matches(), diff.get(head));
        int old = Integer.parseInt(range.group(2));
        int now = Integer.parseInt(range.group(3));
        copy(Integer.parseInt(range.group(1)) - (old == 0 ? 0 : 1));
        int i = head + 1;
        while (old > 0 || now > 0) {
            require(i < diff.size(), "the end");
            String line = diff.get(i++);
            char mark = line.charAt(0);
            boolean isEndless = i < diff.size() && diff.get(i).equals(NO_END);
            i += isEndless ? 1 : 0;
            line(mark, line.substring(1, line.length() - (isEndless ? 1 : 0)));
            old -= mark == '+' ? 0 : 1;
            now -= mark == '-' ? 0 : 1;
        }
        return i;
    }

    private void line(char mark, String line) {
        require(mark == ' ' || mark == '+' || mark == '-', mark + line);
        if (mark != '+') {
            require(at < before.size() && before.get(at++).equals(line), line);
        }
        if (mark != '-') {
            after.add(line);
        }
    }

    private void copy(int until) {
        require(at <= until && until <= before.size(), "line " + until);
        after.addAll(before.subList(at, until));
        at = until;
    }

    private static void require(boolean fits, String what) {
        if (!fits) {
            throw new IllegalArgumentException("The diff does not apply to this text; it fails at: " + what.strip());
        }
    }
}
