package dev.catchment.policy;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Words that give an error page away, in any case, and what they say. */
record Sign(Pattern words, FetchOutcome outcome) {
    static Sign of(FetchOutcome outcome, String words) {
        return new Sign(Pattern.compile(words, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE), outcome);
    }

    /** @return what the first that is seen says */
    static Optional<FetchOutcome> first(List<Sign> signs, Predicate<Pattern> isSeen) {
        return signs.stream()
                .filter(sign -> isSeen.test(sign.words))
                .map(Sign::outcome)
                .findFirst();
    }
}
