package dev.catchment.policy.diff;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * Whether a text may be a later one of the same page. What comes in its place without saying so (an error page, a login, a
 * notice of maintenance, another language) is told by what is missing: the words of the last text. No list of phrases knows
 * them all; the measures, with what real pages and made-up ones came to, are in decision 0038.
 *
 * @param kept share of the last text that is in this one, from 0 to 1
 * @param known share of this text that was in the last one
 * @param tongue how alike the two use their common words, from 0 to 1; 1 if one is too short to tell
 */
public record Resemblance(double kept, double known, double tongue) {
    /** Of successive versions the worst kept 0.21; pages that are none keep 0.04, with the menu of the site 0.14. */
    private static final double LEAST_KEPT = 0.15;
    /** Of a text that lost most of its words the rest was there; of another page at most 0.28, with the menu of the site. */
    private static final double LEAST_KNOWN = 0.4;

    /** Of successive versions the least is 0.61; of two languages the most is 0.23. */
    private static final double LEAST_TONGUE = 0.35;
    /** Words in a row that are compared: single ones any two texts of a language share. */
    private static final int IN_A_ROW = 3;
    /** Words from which on a line is no entry of a menu. */
    private static final int LINE = 5;
    /** Groups of words without which a text is all short lines, and these are compared too. */
    private static final int FEWEST = 15;
    /** Common words below which nothing is said of a language. */
    private static final int FEWEST_WORDS = 40;

    /** Where no blanks part the words each sign is one. */
    private static final Pattern WORD = Pattern.compile(
            "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}]"
                    + "|[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}]]+");

    public static Resemblance between(String last, String now) {
        Bag before = rows(last, LINE);
        Bag after = rows(now, LINE);
        if (before.size() < FEWEST || after.size() == 0) {
            before = rows(last, 1);
            after = rows(now, 1);
        }
        double common = before.common(after);
        return new Resemblance(
                common / Math.max(1, before.size()),
                common / Math.max(1, after.size()),
                tongue(commonWords(last), commonWords(now)));
    }

    public boolean isForeign() {
        return kept < LEAST_KEPT && known < LEAST_KNOWN;
    }

    public boolean isOtherLanguage() {
        return tongue < LEAST_TONGUE;
    }

    private static double tongue(Bag last, Bag now) {
        return Math.min(last.size(), now.size()) < FEWEST_WORDS ? 1 : last.cosine(now);
    }

    /** Groups of words in a row, none over the end of a line; a line of fewer words is one group. */
    private static Bag rows(String text, int shortest) {
        return new Bag(text.lines().flatMapToLong(line -> {
            long[] words = WORD.matcher(line)
                    .results()
                    .mapToLong(word -> number(word.group().toLowerCase(Locale.ROOT)))
                    .toArray();
            return words.length == 0 || words.length < shortest ? LongStream.empty() : groups(words);
        }));
    }

    private static LongStream groups(long[] words) {
        int row = Math.min(IN_A_ROW, words.length);
        return LongStream.rangeClosed(0, words.length - row).map(start -> {
            long group = row;
            for (int i = 0; i < row; i++) {
                group = mixed(group, words[(int) start + i]);
            }
            return group;
        });
    }

    /** Of each line once, and of no row of a table. The small words of a language are written small, names mostly are not. */
    private static Bag commonWords(String text) {
        return new Bag(text.lines()
                .filter(line -> !line.contains(" | "))
                .distinct()
                .flatMap(line -> WORD.matcher(line).results())
                .map(MatchResult::group)
                .filter(word -> Character.isLetter(word.codePointAt(0)) && !Character.isUpperCase(word.codePointAt(0)))
                .mapToLong(Resemblance::number));
    }

    private static long number(String word) {
        return word.chars().asLongStream().reduce(1_125_899_906_842_597L, Resemblance::mixed);
    }

    private static long mixed(long one, long other) {
        return (one ^ other) * 0x9E37_79B9_7F4A_7C15L + (one >>> 29);
    }
}
