package dev.catchment.text;

import java.util.regex.Pattern;

/** The id of a Socrata dataset, such as {@code wppx-73fm}: letters that are easily confused are not in it. */
public final class FourByFour {
    private static final Pattern ID = Pattern.compile("[2-9a-kmnp-z]{4}-[2-9a-kmnp-z]{4}");

    private FourByFour() {}

    /** @param text may be null */
    public static boolean is(String text) {
        return text != null && ID.matcher(text).matches();
    }
}
