package dev.catchment.names.format;

import dev.catchment.errors.PermanentFailure;
import dev.catchment.names.figure.Gender;
import dev.catchment.names.figure.Hints;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is said of all figures of a file, and by whom: its name, its title, whoever brought it. Where the file says two
 * things, whoever brought it decides between them; against all that it says, by force alone.
 *
 * @param <T> what is said: a year, a gender
 */
public final class AgreedFact<T> {
    private final String what;
    private final T hint;
    private final boolean isForced;
    private final Map<String, T> said = new LinkedHashMap<>();

    private AgreedFact(String what, T hint, boolean isForced) {
        this.what = what;
        this.hint = hint;
        this.isForced = isForced;
    }

    public static AgreedFact<Integer> year(Hints hints) {
        return new AgreedFact<>("year", hints.year(), hints.isForced());
    }

    public static AgreedFact<Gender> gender(Hints hints) {
        return new AgreedFact<>("gender", hints.gender(), hints.isForced());
    }

    /** @param value null where nothing is said */
    public AgreedFact<T> by(String who, T value) {
        if (value != null) {
            said.put(who, value);
        }
        return this;
    }

    /**
     * @return what is right; null if nobody says anything
     * @throws PermanentFailure if they contradict each other, and nobody decides between them
     */
    public T agreed() {
        Set<T> values = Set.copyOf(said.values());
        if (hint != null && (values.isEmpty() || values.contains(hint) || isForced)) {
            return hint;
        }
        if (hint != null || values.size() > 1) {
            throw contradicted();
        }
        return values.isEmpty() ? null : values.iterator().next();
    }

    /**
     * What is right, if a look into the file bears it out; by force even if not.
     *
     * @param value what the look came to; null if to nothing
     */
    T borneOut(String look, T value) {
        T known = known();
        if (value == null || value == known || isForced) {
            return known;
        }
        throw by(look, value).contradicted();
    }

    /** @throws PermanentFailure also if nobody says anything */
    public T known() {
        T value = agreed();
        if (value == null) {
            throw new PermanentFailure(
                    "Neither the file nor its name says the " + what + " of its figures. Give it with --" + what + ".");
        }
        return value;
    }

    private PermanentFailure contradicted() {
        String voices = Stream.concat(
                        Stream.ofNullable(hint).map(value -> "--" + what + " says " + value),
                        said.entrySet().stream().map(one -> one.getKey() + " says " + one.getValue()))
                .collect(Collectors.joining(", "));
        return new PermanentFailure("The " + what + " is contradicted: " + voices + ". Find out which is right, and say"
                + " it with --" + what + "; add --force if the file says it nowhere.");
    }
}
