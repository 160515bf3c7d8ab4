package dev.catchment.names.file;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What single cells say, those of texts and those of workbooks. */
public final class Cells {
    private static final Set<String> SUPPRESSED = Set.of(":", "[x]", "x", "..", "< 5", "<5");
    private static final Set<String> NOTHING = Set.of("", "-", "0");
    /**
     * What has no shape of its own: soft hyphens, zero widths, marks of direction, selectors of a variant. Publishers'
     * own templates are full of it, and a name with it looks like the one without.
     */
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cf}\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164\\uFE00-\\uFE0F\\uFFA0"
                    + "\\x{E0100}-\\x{E01EF}&&[^\\u202D\\u202E]]");

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}\\p{Cc}]+");
    /** Four digits that stand alone: 20160308 is a day, tcm77-413741 a number. */
    private static final Pattern YEARS = Pattern.compile("(?<!\\d)(?:18|19|20)\\d\\d(?!\\d)");

    private static final int COUNT_DIGITS_MAX = 9;
    /** More than any count has; a crafted exponent must not become a gigabyte of zeros. */
    private static final int NUMBER_DIGITS_MAX = 18;

    private Cells() {}

    /** As published, but composed (NFC), without what nobody sees, each run of blanks one blank and none around it. */
    static String text(String cell) {
        if (isPlain(cell)) {
            return cell.strip();
        }
        String visible = BLANKS.matcher(INVISIBLE.matcher(cell).replaceAll("")).replaceAll(" ");
        return Normalizer.normalize(visible.strip(), Normalizer.Form.NFC);
    }

    /** Nearly every cell: printable ASCII, no two blanks in a row. */
    private static boolean isPlain(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c < ' ' || c > '~' || c == ' ' && i > 0 && cell.charAt(i - 1) == ' ') {
                return false;
            }
        }
        return true;
    }

    /** Whether an override shows letters in another order than they are stored in: who can say which is meant? */
    public static boolean isTurned(String text) {
        return text.indexOf('\u202D') >= 0 || text.indexOf('\u202E') >= 0;
    }

    /** A name as published, without stray quotes around it. */
    public static String name(String cell) {
        String text = text(cell);
        return text.indexOf('"') < 0 ? text : text.replaceAll("^[ \"]+|[ \"]+$", "");
    }

    /** What a heading says, however it is written: {@code " Year /  Année"} is {@code "year / année"}. */
    public static String heading(String cell) {
        return name(cell).toLowerCase(Locale.ROOT);
    }

    /** A cell of a workbook, which has no integers: 7087.0 is 7087. */
    static String number(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        boolean written = Math.abs((long) shortest.precision() - shortest.scale()) <= NUMBER_DIGITS_MAX
                && Math.abs((long) shortest.scale()) <= NUMBER_DIGITS_MAX;
        return written ? shortest.toPlainString() : shortest.toString();
    }

    static String number(double number) {
        return Double.isFinite(number) ? number(BigDecimal.valueOf(number)) : "";
    }

    /** A name that Excel took for a truth value is still a name. */
    static String truth(boolean value) {
        return value ? "TRUE" : "FALSE";
    }

    /** @return -1 if it is no whole number of digits alone */
    public static int count(String cell) {
        int length = cell.length();
        if (length == 0 || length > COUNT_DIGITS_MAX) {
            return -1;
        }
        int count = 0;
        for (int i = 0; i < length; i++) {
            int digit = cell.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            count = count * 10 + digit;
        }
        return count;
    }

    /** Digits alone, or with a comma before each three of them: {@code 6,602}. */
    public static int grouped(String cell) {
        return cell.indexOf(',') > 0 && cell.matches("\\d{1,3}(,\\d{3})+") ? count(cell.replace(",", "")) : count(cell);
    }

    /** Digits, with or without a fraction of nothing: {@code 5.0} in English, {@code 5,0} in French. */
    public static int whole(String cell) {
        return count(cell.replaceFirst("[.,]0+$", ""));
    }

    /** @return -1 if it is no year of four digits between 1800 and 2100 */
    public static int year(String cell) {
        int year = cell.length() == 4 ? count(cell) : -1;
        return year >= 1800 && year <= 2100 ? year : -1;
    }

    /** Every year that words speak of. */
    public static List<Integer> years(String words) {
        return YEARS.matcher(words)
                .results()
                .map(MatchResult::group)
                .map(Integer::valueOf)
                .distinct()
                .toList();
    }

    /** Whether the publisher withholds what would stand here, because it is small. */
    public static boolean isSuppressed(String cell) {
        return SUPPRESSED.contains(cell);
    }

    /** Whether a table of many columns says here that nobody was given the name. */
    public static boolean isNothing(String cell) {
        return NOTHING.contains(cell);
    }
}
