package dev.catchment.policy.text;

import java.text.Normalizer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The characters of a text: what cannot be seen does not tell two texts apart. */
final class CleanText {
    /** Zero-width space, word joiner, byte-order mark, soft hyphen; the joiners of Persian and Indian scripts stay. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\u200B\\u2060\\uFEFF\\u00AD[\\p{Cc}&&[^\\s\\u0085]]]+");

    /** Half a character, as broken fonts of PDFs yield it: nothing that stores UTF-8 takes it. */
    private static final Pattern HALF = Pattern.compile("\\p{Cs}");

    private static final Pattern BLANKS = Pattern.compile("[\\s\\u0085\\p{Z}]+");

    private CleanText() {}

    /** NFC, no blank lines, one blank between words; long lines are cut at sentences. */
    static String of(String lines) {
        return lines.lines()
                .map(CleanText::line)
                .filter(line -> !line.isEmpty())
                .flatMap(line -> Sentences.of(line).stream())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    static String line(String raw) {
        String whole = HALF.matcher(raw).replaceAll("\uFFFD");
        String visible = INVISIBLE.matcher(whole).replaceAll("");
        return Normalizer.normalize(BLANKS.matcher(visible).replaceAll(" ").strip(), Normalizer.Form.NFC);
    }
}
