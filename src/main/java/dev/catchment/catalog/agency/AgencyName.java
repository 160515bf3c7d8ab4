package dev.catchment.catalog.agency;

import dev.catchment.flow.field.FieldText;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of an agency: a spelling for people and a key that is the same for all its spellings.
 *
 * <p>The API's {@code attribution} is free text, so this refuses what is no name: addresses, mail addresses, markup,
 * "Other" and its like, and citations. A text is a citation when it is longer than 120 characters, holds a year from
 * 1900 to 2099, has the end of one sentence and the start of the next, an English verb ("is", "are", …) or one of a
 * citation's words ("by request", "source:", "accessed", …). Unsure is none.
 */
public final class AgencyName {

    private static final int LENGTH_MAX = 120;
    private static final Set<String> NOBODY = Set.of(
            "other",
            "others",
            "otheragency",
            "otherdepartment",
            "text",
            "na",
            "none",
            "notapplicable",
            "unknown",
            "tbd",
            "test",
            "all",
            "alldepartments",
            "various",
            "multiple",
            "outsidecity",
            "otro",
            "otros",
            "null");
    private static final Pattern ADDRESS =
            Pattern.compile("://|\\bwww\\.|\\S@\\S+\\.\\S|\\bmailto:|[<>\\[\\]{}]", Pattern.CASE_INSENSITIVE);
    /** A long word before the full stop, for "Dept. Of" and "St. Paul" are names. */
    private static final Pattern CITATION = Pattern.compile("\\b(19|20)\\d\\d\\b|\\p{Ll}{6,}\\.\\s+\\p{Lu}"
            + "|\\b(is|are|was|were)\\b|(?i:\\bthis data|\\byear estimates?\\b|\\btable \\p{L}?\\d)"
            + "|(?i:\\b(source|sources|citation|address|phone):|\\bcitation\\b|\\bby request\\b|\\bprovided by\\b"
            + "|\\baccessed\\b|\\bretrieved\\b|\\bet al\\b|\\b(re)?compiled by\\b|\\bproduced by\\b|\\bdata from\\b)");

    private static final Pattern BETWEEN_DIGITS = Pattern.compile("(?<=\\p{N})[^\\p{L}\\p{N}\\p{M}]+(?=\\p{N})");
    private static final Pattern SEPARATOR = Pattern.compile("[^\\p{L}\\p{N}\\p{M}\\u0001]+");

    private final String display;
    private final String key;

    private AgencyName(String display, String key) {
        this.display = display;
        this.key = key;
    }

    /** The name in a publisher's text; empty where the text is no name. */
    public static Optional<AgencyName> of(String text) {
        String value = FieldText.value(text);
        if (value == null) {
            return Optional.empty();
        }
        String display = collapse(Normalizer.normalize(value.replace("&amp;", "&"), Normalizer.Form.NFC));
        String key = fold(display);
        boolean refused = display.length() > LENGTH_MAX
                || display.codePoints().noneMatch(Character::isLetter)
                || NOBODY.contains(key)
                || ADDRESS.matcher(display).find()
                || CITATION.matcher(display).find();
        return refused ? Optional.empty() : Optional.of(new AgencyName(display, key));
    }

    /** For people: NFC, trimmed, one space between words. */
    public String display() {
        return display;
    }

    /** For comparing: lower-case letters and digits without punctuation and space, {@code &} as {@code and}. */
    public String key() {
        return key;
    }

    private static String collapse(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!FieldText.isSpace(c)) {
                out.append(c);
            } else if (out.length() > 0 && out.charAt(out.length() - 1) != ' ') {
                out.append(' ');
            }
        }
        return out.toString();
    }

    /** Numbers stay apart: "Region 1-2" is not "Region 12". Upper before lower case folds ß and ſ too. */
    private static String fold(String display) {
        String cased = display.replace("&", " and ").toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
        String apart = BETWEEN_DIGITS.matcher(cased).replaceAll("\u0001");
        return Normalizer.normalize(
                SEPARATOR.matcher(apart).replaceAll("").replace('\u0001', ' '), Normalizer.Form.NFC);
    }
}
