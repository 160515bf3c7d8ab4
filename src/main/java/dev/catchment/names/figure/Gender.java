package dev.catchment.names.figure;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The two that the publishers count. */
public enum Gender {
    F,
    M;

    private static final Map<String, Gender> WORDS = Map.ofEntries(
            Map.entry("f", F),
            Map.entry("female", F),
            Map.entry("females", F),
            Map.entry("girl", F),
            Map.entry("girls", F),
            Map.entry("g", F),
            Map.entry("féminin", F),
            Map.entry("femmes", F),
            Map.entry("filles", F),
            Map.entry("m", M),
            Map.entry("male", M),
            Map.entry("males", M),
            Map.entry("boy", M),
            Map.entry("boys", M),
            Map.entry("b", M),
            Map.entry("masculin", M),
            Map.entry("hommes", M),
            Map.entry("garçons", M));

    private static final Optional<Gender> ONLY_F = Optional.of(F);
    private static final Optional<Gender> ONLY_M = Optional.of(M);

    /** What a whole cell says, never a part of one: "female" holds "male". */
    public static Optional<Gender> of(String cell) {
        return switch (cell) {
            case "F" -> ONLY_F;
            case "M" -> ONLY_M;
            default -> Optional.ofNullable(WORDS.get(cell.strip().toLowerCase(Locale.ROOT)));
        };
    }
}
