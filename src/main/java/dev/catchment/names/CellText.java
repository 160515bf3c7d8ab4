package dev.catchment.names;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.regex.Pattern;

/** What a cell of a workbook says, as text. */
final class CellText {
    /** Soft hyphens and what has no width at all: fillers of the publishers' own templates. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\u00AD\\u200B\\uFEFF]");

    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    /** More digits than any count has; a crafted exponent must not become a gigabyte of zeros. */
    private static final int MOST_DIGITS = 18;

    private CellText() {}

    /** As published, but composed (NFC), every run of blanks one blank, none around it. */
    static String of(String text) {
        if (isPlain(text)) {
            return text;
        }
        String seen = BLANKS.matcher(INVISIBLE.matcher(text).replaceAll("")).replaceAll(" ");
        return Normalizer.normalize(seen.strip(), Normalizer.Form.NFC);
    }

    /** Nearly every cell: letters of ASCII, so that there is nothing to do. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    /** Excel has no integers: 7087.0 is 7087. */
    static String of(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        boolean written = Math.abs((long) shortest.precision() - shortest.scale()) <= MOST_DIGITS
                && Math.abs((long) shortest.scale()) <= MOST_DIGITS;
        return written ? shortest.toPlainString() : shortest.toString();
    }

    static String of(double number) {
        return Double.isFinite(number) ? of(BigDecimal.valueOf(number)) : "";
    }

    /** A name that Excel took for a truth value is still a name. */
    static String of(boolean value) {
        return value ? "TRUE" : "FALSE";
    }
}
