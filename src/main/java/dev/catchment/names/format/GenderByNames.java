package dev.catchment.names.format;

import dev.catchment.names.figure.FileEntry;
import dev.catchment.names.figure.FoldedName;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Hints;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the names themselves are girls' or boys'. Some publishers say the gender in the file's name alone, and copies
 * are about in which the two were exchanged: South Australia's of 2017 are.
 */
public final class GenderByNames {
    /** Names given by the thousand to one gender, and next to never to the other, wherever and whenever we look. */
    private static final Map<String, Gender> KNOWN = new HashMap<>();

    static {
        KNOWN.putAll(known(
                Gender.F,
                "MARY MARGARET ELIZABETH HELEN PATRICIA JENNIFER SARAH EMILY CHARLOTTE OLIVIA EMMA JESSICA REBECCA"
                        + " AMELIA CATHERINE JULIE SOPHIE ROSALIE"));
        KNOWN.putAll(known(
                Gender.M,
                "JOHN WILLIAM JAMES ROBERT DAVID MICHAEL PETER JACK OLIVER THOMAS MATTHEW DANIEL BENJAMIN LIAM"
                        + " ANTOINE OLIVIER MATHIEU ALEXANDRE"));
    }

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
    public static Gender confirm(Hints hints, String fileName, Gender named, Stream<FileEntry> entries) {
        Gender seen = of(entries);
        if (seen != null && seen == hints.gender()) {
            return seen;
        }
        return AgreedFact.gender(hints).by(fileName, named).borneOut("a look at the names in it", seen);
    }

    /** @return null if too few of the names are known here, or known as both; the figures are closed */
    static Gender of(Stream<FileEntry> entries) {
        try (entries) {
            Map<Gender, Long> births = entries.filter(FileEntry.Figure.class::isInstance)
                    .map(FileEntry.Figure.class::cast)
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

    /** Takes note of the figures of any file while they are read: each of them says its gender, rightly or not. */
    public static final class Tally {
        /** Fewer names of the other gender than these may be a fashion, or a small table. */
        private static final int MANY_NAMES = 5;

        private final Map<Gender, Map<Gender, Map<String, Long>>> births = new EnumMap<>(Gender.class);

        public void count(FileEntry.Figure figure) {
            Gender known = KNOWN.get(FoldedName.of(figure.name()));
            if (known != null) {
                births.computeIfAbsent(figure.gender(), said -> new EnumMap<>(Gender.class))
                        .computeIfAbsent(known, one -> new HashMap<>())
                        .merge(FoldedName.of(figure.name()), (long) figure.count(), Long::sum);
            }
        }

        /** @return null if nothing speaks against what the file says */
        public String contradiction() {
            return Stream.of(Gender.values())
                    .map(this::contradiction)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElse(null);
        }

        private String contradiction(Gender said) {
            Gender other = said == Gender.F ? Gender.M : Gender.F;
            Map<Gender, Map<String, Long>> names = births.getOrDefault(said, Map.of());
            long against = sum(names.getOrDefault(other, Map.of()));
            long inFavour = sum(names.getOrDefault(said, Map.of()));
            return names.getOrDefault(other, Map.of()).size() >= MANY_NAMES && against > MANY_TIMES * inFavour
                    ? "It says %s, but of the babies with names known everywhere %,d have one of %s and %,d one of %s. If it"
                                    .formatted(said, against, other, inFavour, said)
                            + " is right nevertheless, give --gender or --force."
                    : null;
        }

        private static long sum(Map<String, Long> names) {
            return names.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    private static Stream<Map.Entry<Gender, Integer>> witnessed(FileEntry.Figure figure) {
        return Stream.ofNullable(KNOWN.get(FoldedName.of(figure.name())))
                .map(gender -> Map.entry(gender, figure.count()));
    }

    private static Map<String, Gender> known(Gender gender, String names) {
        return Arrays.stream(names.split(" ")).collect(Collectors.toMap(name -> name, name -> gender));
    }
}
