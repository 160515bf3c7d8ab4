package dev.catchment.names;

import dev.catchment.errors.PermanentFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is said of all figures of a file, and by whom: its name, its title, whoever brought it. All who say something must
 * say the same.
 *
 * @param <T> what is said: a year, a gender
 */
final class Claims<T> {
    private final String what;
    private final Map<String, T> said = new LinkedHashMap<>();

    private Claims(String what) {
        this.what = what;
    }

    static Claims<Integer> year(Hints hints) {
        return new Claims<Integer>("year").by("--year", hints.year());
    }

    static Claims<Gender> gender(Hints hints) {
        return new Claims<Gender>("gender").by("--gender", hints.gender());
    }

    /** @param value null where nothing is said */
    Claims<T> by(String who, T value) {
        if (value != null) {
            said.put(who, value);
        }
        return this;
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
            throw new PermanentFailure("The " + what + " is contradicted: " + voices
                    + ". Find out which is right, and bring the file under a name and with a --" + what
                    + " that agree with it.");
        }
        return values.isEmpty() ? null : values.iterator().next();
    }

    /** @throws PermanentFailure also if nobody says anything */
    T known() {
        T value = agreed();
        if (value == null) {
            throw new PermanentFailure(
                    "Neither the file nor its name says the " + what + " of its figures. Say it with --" + what + ".");
        }
        return value;
    }
}
