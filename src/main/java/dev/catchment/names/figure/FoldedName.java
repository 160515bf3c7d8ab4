package dev.catchment.names.figure;

import java.text.Normalizer;
import java.util.Locale;

/** One key for all spellings of a name that differ in capitals alone: OLIVIA, Olivia. Accents and hyphens stay. */
public final class FoldedName {
    private FoldedName() {}

    public static String of(String name) {
        return isPlain(name)
                ? name.toUpperCase(Locale.ROOT)
                : Normalizer.normalize(name, Normalizer.Form.NFC)
                        .replace('’', '\'')
                        .toUpperCase(Locale.ROOT);
    }

    private static boolean isPlain(String name) {
        return name.chars().allMatch(c -> c < 128);
    }
}
