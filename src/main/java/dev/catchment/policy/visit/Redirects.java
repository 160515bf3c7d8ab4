package dev.catchment.policy.visit;

import dev.catchment.http.HttpAnswer;
import dev.catchment.policy.visit.PageVisit.Redirect;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Redirects, followed by hand. */
final class Redirects {
    /** All but 304, and those that nobody sends: RFC 9110, section 15.4. */
    private static final Set<Integer> FOLLOWED = Set.of(301, 302, 303, 307, 308);

    private static final Set<Integer> PERMANENT = Set.of(301, 308);

    private final URI begin;
    private final int most;
    private final List<Redirect> redirects = new ArrayList<>();

    Redirects(URI begin, int most) {
        this.begin = Location.withoutFragment(begin);
        this.most = most;
    }

    URI begin() {
        return begin;
    }

    /** Where it led so far. */
    URI next() {
        return redirects.isEmpty() ? begin : redirects.get(redirects.size() - 1).location();
    }

    List<Redirect> redirects() {
        return List.copyOf(redirects);
    }

    /** @return whether the answer led on; one that does not say where is an answer like any other */
    boolean follow(HttpAnswer answer) {
        Optional<URI> location = FOLLOWED.contains(answer.status())
                ? Location.of(next(), answer.headers().get("location"))
                : Optional.empty();
        location.ifPresent(url -> redirects.add(new Redirect(answer.status(), url)));
        return location.isPresent();
    }

    /** It would go on for ever: it was here before, or it was led on too often. */
    boolean isLoop() {
        long before = redirects.stream()
                .filter(step -> step.location().equals(next()))
                .count();
        return redirects.size() > most || before > 1 || !redirects.isEmpty() && next().equals(begin);
    }

    /** The end of the permanent ones it began with; null if it began with none. */
    URI movedTo() {
        URI moved = null;
        for (Redirect step : redirects) {
            if (!PERMANENT.contains(step.status())) {
                return moved;
            }
            moved = step.location();
        }
        return moved;
    }
}
