package dev.catchment.names;

import dev.catchment.errors.PermanentFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is said of all figures of a file, and by whom: its name, its title, its rows, whoever brought it. All who say
 * something must say the same.
 *
 * @param what is said: year, gender
 */
final class Claims<T> {
    private final String what;
    private final String file;
    private final Map<String, T> said = new LinkedHashMap<>();

    private Claims(String what, NamesFile file) {
        this.what = what;
        this.file = file.name();
    }

    static Claims<Integer> year(NamesFile file) {
        return new Claims<Integer>("year", file).by("--year", file.hints().year());
    }

    static Claims<Gender> gender(NamesFile file) {
        return new Claims<Gender>("gender", file).by("--gender", file.hints().gender());
    }

    /** @param value null where nothing is said */
    Claims<T> by(String who, T value) {
        if (value != null) {
            said.put(who, value);
        }
        return this;
    }

    /** What whoever brought the file says; each of its rows that says anything must say the same. */
    T confirmedBy(Stream<Row> rows, Function<Row, T> says) {
        try (rows) {
            T hint = agreed();
            if (hint != null) {
                rows.filter(row -> !hint.equals(Objects.requireNonNullElse(says.apply(row), hint)))
                        .findFirst()
                        .ifPresent(row -> by(row.position(), says.apply(row)));
            }
            return agreed();
        }
    }

    /**
     * @return what all say; null if nobody says anything
     * @throws PermanentFailure if they contradict each other
     */
    T agreed() {
        Set<T> values = Set.copyOf(said.values());
        if (values.size() > 1) {
            String voices = said.entrySet().stream()
                    .map(one -> one.getKey() + " says " + one.getValue())
                    .collect(Collectors.joining(", "));
            throw new PermanentFailure("nothing was loaded: the " + what + " is contradicted: " + voices
                    + "; find out which is right, and rename the file or say it with --" + what + " file=" + file);
        }
        return values.isEmpty() ? null : values.iterator().next();
    }

    /** @throws PermanentFailure also if nobody says anything */
    T known() {
        T value = agreed();
        if (value == null) {
            throw new PermanentFailure("nothing was loaded: neither the file nor its name says the " + what
                    + " of its figures; say it with --" + what + " file=" + file);
        }
        return value;
    }
}
