package dev.catchment.policy.judge;

import dev.catchment.policy.page.FetchOutcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Words that give an error page away, in any case, and what they say. */
record ErrorPhrase(Pattern words, FetchOutcome outcome) {
    static ErrorPhrase of(FetchOutcome outcome, String words) {
        return new ErrorPhrase(Pattern.compile(words, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE), outcome);
    }

    /** @return what the first that is seen says */
    static Optional<FetchOutcome> first(List<ErrorPhrase> signs, Predicate<Pattern> isSeen) {
        return signs.stream()
                .filter(sign -> isSeen.test(sign.words))
                .map(ErrorPhrase::outcome)
                .findFirst();
    }
}
