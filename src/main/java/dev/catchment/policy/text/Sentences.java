package dev.catchment.policy.text;

import java.util.List;
import java.util.regex.Pattern;

/** Cuts a long line at the ends of its sentences, so that a changed word does not show as a changed paragraph. */
public final class Sentences {
    static final int LONG = 120;

    /** Not after an initial (U.S.), nor after the number of a list item. */
    private static final Pattern END = Pattern.compile(
            "(?<=[\\p{Ll}\\p{N})\\]”\"’%][.!?][)\\]”\"’]?)(?<!^\\d{1,3}\\.)" + " +(?=[\"“‘(\\[]?[\\p{Lu}\\p{Lo}])");

    private Sentences() {}

    /** Cutting what was cut changes nothing. A row of a table stays whole: its columns are its meaning. */
    public static List<String> of(String line) {
        return line.length() <= LONG || line.contains(" | ") ? List.of(line) : List.of(END.split(line));
    }
}
