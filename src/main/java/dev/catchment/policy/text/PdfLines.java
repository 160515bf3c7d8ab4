package dev.catchment.policy.text;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The pages of a paper as one text: words joined over line ends, what stands at the edge of each page said once. */
public final class PdfLines {
    /** From its first letter on, or from where the match before ended: tried from each letter it would take squared time. */
    private static final String WORD = "(?:(?<!\\p{L})|\\G)(\\p{L}++)";

    private static final Pattern BROKEN_WORD = Pattern.compile(WORD + "[-\u00AD\u2010]\n\\h*(\\p{Ll}+)");
    private static final Pattern HYPHENATED = Pattern.compile(WORD + "-\\p{L}+");

    private PdfLines() {}

    public static String of(List<String> pages) {
        List<List<String>> lines = pages.stream()
                .map(page -> page.lines()
                        .map(CleanText::line)
                        .filter(line -> !line.isEmpty())
                        .toList())
                .toList();
        return joined(RunningHeads.once(lines).stream().map(line -> line + "\n").collect(Collectors.joining()));
    }

    /** A hyphen at a line end is of the typesetter, unless the same word has one elsewhere. */
    private static String joined(String text) {
        Set<String> hyphenated = new HashSet<>();
        HYPHENATED.matcher(text).results().forEach(word -> hyphenated.add(word.group()));
        return BROKEN_WORD.matcher(text).replaceAll(word -> {
            String whole = word.group(1) + "-" + word.group(2);
            return Matcher.quoteReplacement(hyphenated.contains(whole) ? whole : word.group(1) + word.group(2));
        });
    }
}
