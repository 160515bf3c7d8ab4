package dev.catchment.names;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the names themselves are girls' or boys'. Some publishers say the gender in the file's name alone, and copies
 * are about in which the two were exchanged: South Australia's of 2017 are.
 */
final class GenderByNames {
    /** Names given by the thousand to one gender, and next to never to the other, wherever and whenever we look. */
    private static final Map<Gender, Set<String>> WITNESSES = Map.of(
            Gender.F,
            names("MARY MARGARET ELIZABETH HELEN PATRICIA JENNIFER SARAH EMILY CHARLOTTE OLIVIA EMMA JESSICA REBECCA"
                    + " AMELIA CATHERINE JULIE SOPHIE ROSALIE"),
            Gender.M,
            names("JOHN WILLIAM JAMES ROBERT DAVID MICHAEL PETER JACK OLIVER THOMAS MATTHEW DANIEL BENJAMIN LIAM"
                    + " ANTOINE OLIVIER MATHIEU ALEXANDRE"));

    private static final int MANY_TIMES = 10;

    private GenderByNames() {}

    /**
     * The gender of a file that says it in its name alone. Whoever brought it may overrule that name, if the names in
     * the file bear them out.
     *
     * @param fileName what that name is called in a refusal
     * @param named what it says; null if nothing
     * @param entries the file's figures, of whichever gender; they are closed
     * @throws dev.catchment.errors.PermanentFailure if nobody says it, or the names in it say otherwise
     */
    static Gender confirm(Hints hints, String fileName, Gender named, Stream<Entry> entries) {
        Gender seen = of(entries);
        if (seen != null && seen == hints.gender()) {
            return seen;
        }
        Claims<Gender> claims = Claims.gender(hints).by(fileName, named);
        claims.known();
        return claims.by("a look at the names in it", seen).known();
    }

    /** @return null if too few of the names are known here, or known as both; the figures are closed */
    static Gender of(Stream<Entry> entries) {
        try (entries) {
            Map<Gender, Long> births = entries.filter(Entry.Figure.class::isInstance)
                    .map(Entry.Figure.class::cast)
                    .flatMap(GenderByNames::witnessed)
                    .collect(Collectors.groupingBy(Map.Entry::getKey, Collectors.summingLong(Map.Entry::getValue)));
            long girls = births.getOrDefault(Gender.F, 0L);
            long boys = births.getOrDefault(Gender.M, 0L);
            if (girls > MANY_TIMES * boys) {
                return Gender.F;
            }
            return boys > MANY_TIMES * girls ? Gender.M : null;
        }
    }

    private static Stream<Map.Entry<Gender, Integer>> witnessed(Entry.Figure figure) {
        String name = figure.name().toUpperCase(Locale.ROOT);
        return WITNESSES.entrySet().stream()
                .filter(witnesses -> witnesses.getValue().contains(name))
                .map(witnesses -> Map.entry(witnesses.getKey(), figure.count()));
    }

    private static Set<String> names(String names) {
        return Set.of(names.split(" "));
    }
}
