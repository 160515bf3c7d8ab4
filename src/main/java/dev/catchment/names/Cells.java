package dev.catchment.names;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** What single cells say. */
final class Cells {
    private static final Set<String> SUPPRESSED = Set.of(":", "[x]", "x", "..", "< 5", "<5");
    private static final int DIGITS_MAX = 9;

    private Cells() {}

    /**
     * A name as published, without the blanks and stray quotes around it and in one form: odd blanks as blanks,
     * invisible characters left out, letters composed.
     */
    static String name(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c > '~' || c < ' ' || c == '"') {
                return clean(cell);
            }
        }
        return cell.strip();
    }

    private static String clean(String cell) {
        String visible = cell.replaceAll("[\\u00AD\\u200B-\\u200D\\u2060\\uFEFF]", "")
                .replaceAll("[\\p{Zs}\\p{Cc}]", " ")
                .replaceAll("^[ \"]+|[ \"]+$", "");
        return Normalizer.normalize(visible, Normalizer.Form.NFC);
    }

    /** What a heading says, however it is written: {@code " Year /  Année"} is {@code "year / année"}. */
    static String heading(String cell) {
        return name(cell).replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }

    /** @return -1 if it is no whole number of digits alone */
    static int count(String cell) {
        int length = cell.length();
        if (length == 0 || length > DIGITS_MAX) {
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
    static int grouped(String cell) {
        return cell.indexOf(',') > 0 && cell.matches("\\d{1,3}(,\\d{3})+") ? count(cell.replace(",", "")) : count(cell);
    }

    /** Digits, with or without a fraction of nothing: {@code 5.0} in English, {@code 5,0} in French. */
    static int whole(String cell) {
        return count(cell.replaceFirst("[.,]0+$", ""));
    }

    /** @return -1 if it is no year of four digits between 1800 and 2100 */
    static int year(String cell) {
        int year = cell.length() == 4 ? count(cell) : -1;
        return year >= 1800 && year <= 2100 ? year : -1;
    }

    static Integer yearOrNull(String cell) {
        int year = year(cell);
        return year < 0 ? null : Integer.valueOf(year);
    }

    /** Whether the publisher withholds what would stand here, because it is small. */
    static boolean isSuppressed(String cell) {
        return SUPPRESSED.contains(cell);
    }
}
