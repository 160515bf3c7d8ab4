package dev.catchment.names;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the name of a file says of its content. It may be wrong: what is in the file is heard first. */
final class FileName {
    /** "female" stands first, for it holds "male". */
    private static final Pattern GENDERS =
            Pattern.compile("(female|girl|fille|femme)|(male|boy|gars|gar[cç]on|homme)", Pattern.UNICODE_CASE);

    private static final Pattern YEARS = Pattern.compile("(?<!\\d)(?:18|19|20)\\d\\d(?!\\d)");

    private FileName() {}

    /** Without the folders before it, whose names say nothing of it. */
    static String base(String name) {
        return name.replaceFirst("(?s).*[/\\\\]", "");
    }

    /** The one gender it speaks of; null if of none or of both. */
    static Gender gender(String name) {
        Set<Gender> genders = GENDERS.matcher(base(name).toLowerCase(Locale.ROOT))
                .results()
                .map(found -> found.group(1) == null ? Gender.M : Gender.F)
                .collect(Collectors.toSet());
        return genders.size() == 1 ? genders.iterator().next() : null;
    }

    /**
     * The one year it speaks of: four digits that stand alone, so that 20160308 is a day and no year; null if there is
     * none or more than one, as in {@code 1960-to-2005}.
     */
    static Integer year(String name) {
        List<String> years = YEARS.matcher(base(name))
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        return years.size() == 1 ? Integer.valueOf(years.get(0)) : null;
    }
}
