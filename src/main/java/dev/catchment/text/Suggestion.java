package dev.catchment.text;

import java.util.Collection;
import java.util.Comparator;

/** The known word that was probably meant: one it is a part of, else the one it takes the fewest letters to become. */
public final class Suggestion {
    private Suggestion() {}

    /** @param known at least one */
    public static String to(String word, Collection<String> known) {
        return known.stream()
                .sorted()
                .min(Comparator.comparing((String each) -> !each.contains(word))
                        .thenComparingInt(each -> distance(word, each)))
                .orElseThrow();
    }

    /** Whether one was probably meant by the other: a slip of two letters, or of a quarter of them. */
    public static boolean isNear(String word, String known) {
        return distance(word, known) <= Math.max(2, word.length() / 4);
    }

    /** Of Levenshtein: letters put in, taken out or exchanged. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int exchanged = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
