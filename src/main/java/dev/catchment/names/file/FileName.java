package dev.catchment.names.file;

import dev.catchment.names.figure.Gender;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the name of a file, or another few words, say of its content. They may be wrong: what is in it is heard first. */
public final class FileName {
    /** "female" stands first, for it holds "male". */
    private static final Pattern GENDERS =
            Pattern.compile("(female|girl|fille|femme)|(male|boy|gars|gar[cç]on|homme)", Pattern.UNICODE_CASE);

    private FileName() {}

    /** Without the folders before it, whose names say nothing of it. */
    static String base(String name) {
        return name.replaceFirst("(?s).*[/\\\\]", "");
    }

    /** The one gender they speak of; null if of none or of both. */
    public static Gender gender(String words) {
        Set<Gender> genders = GENDERS.matcher(words.toLowerCase(Locale.ROOT))
                .results()
                .map(found -> found.group(1) == null ? Gender.M : Gender.F)
                .collect(Collectors.toSet());
        return genders.size() == 1 ? genders.iterator().next() : null;
    }

    /** The one year they speak of; null if there is none or more than one, as in {@code 1960-to-2005}. */
    public static Integer year(String words) {
        List<Integer> years = Cells.years(words);
        return years.size() == 1 ? years.get(0) : null;
    }
}
