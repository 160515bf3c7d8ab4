package dev.catchment.policy;

import java.util.Collection;
import java.util.Comparator;

/** The known word that was probably meant: one it is a part of, else the one it takes the fewest letters to become. */
final class Nearest {
    private Nearest() {}

    static String to(String word, Collection<String> known) {
        return known.stream()
                .sorted()
                .min(Comparator.comparing((String each) -> !each.contains(word))
                        .thenComparingInt(each -> distance(word, each)))
                .orElseThrow();
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
