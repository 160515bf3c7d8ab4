package dev.catchment.harvest;

import dev.catchment.errors.Cause;
import dev.catchment.errors.FailureText;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.flow.BatchJson;
import dev.catchment.flow.kind.Kind;
import dev.catchment.flow.kind.Placeholders;
import dev.catchment.flow.walk.ActiveWalk;
import dev.catchment.http.HttpCall;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Retires with proof: what so many complete walks did not see, if not too much goes at once, and if the source, asked for it,
 * says that it is gone.
 */
public final class HarvestRetirement {
    private static final String WHY = "absent from complete walks";
    private static final String CONTROL = "is_control";

    /** How a retirement stands while its candidates are asked for. */
    public static final class Asking {
        private final List<String> gone = new ArrayList<>();
        private final List<String> unproven = new ArrayList<>();
        private int unasked;
        private int there;
        private String lastFailure;
        private boolean isVoid;

        List<String> gone() {
            return List.copyOf(gone);
        }

        /** Whether the source calls gone what its walk saw: whatever it calls so proves nothing. */
        public boolean isVoid() {
            return isVoid;
        }

        /** Whether of each candidate it is known if it is gone. */
        public boolean isProven() {
            return unproven.isEmpty();
        }
    }

    /**
     * Decides whether anything may be retired at all.
     *
     * @param counted row of {@code harvest/count-retire-candidates}
     * @return why everything is held back; null if nothing speaks against it
     */
    public String heldBack(ActiveWalk walk, Map<String, Object> counted) {
        return heldBack(walk.source().kind(), walk.order().scope(), counted);
    }

    /** The same of a source by its name. */
    String heldBack(Kind kind, String source, Map<String, Object> counted) {
        Kind.Retire limits = kind.retire();
        long candidates = number(counted, "candidates");
        long held = number(counted, "held");
        boolean isShare =
                BigDecimal.valueOf(candidates * 100).compareTo(limits.percent().multiply(BigDecimal.valueOf(held))) > 0;
        return candidates > limits.atLeast() && isShare
                ? "%,d of %,d datasets are missing, more than %s: confirm with catchment harvest retire --source %s --confirm, or dismiss with --dismiss"
                        .formatted(candidates, held, limits.maxPercent(), source)
                : null;
    }

    private static long number(Map<String, Object> row, String column) {
        return ((Number) row.get(column)).longValue();
    }

    public Asking begin() {
        return new Asking();
    }

    /**
     * What the source is asked for: first, where it is asked for records by their keys, one that the walk saw.
     *
     * @param candidates rows of {@code harvest/list-retire-candidates}
     */
    public List<Map<String, Object>> asked(ActiveWalk walk, List<Map<String, Object>> candidates) {
        Kind.Gone gone = walk.source().kind().gone();
        Object seen = candidates.isEmpty() ? null : candidates.get(0).get("seen_key");
        if (gone == null || gone.url() == null || seen == null) {
            return candidates;
        }
        List<Map<String, Object>> asked = new ArrayList<>(candidates);
        asked.add(0, Map.of("key", seen, CONTROL, true));
        return asked;
    }

    /** Whether the source can be asked for one record. @param candidate row of {@code harvest/list-retire-candidates} */
    public boolean isAskable(ActiveWalk walk, Map<String, Object> candidate) {
        return url(walk, candidate) != null;
    }

    private static String url(ActiveWalk walk, Map<String, Object> candidate) {
        Kind.Gone gone = walk.source().kind().gone();
        if (gone == null) {
            return null;
        }
        Placeholders placeholders = walk.source().placeholders().with("key", (String) candidate.get("key"));
        if (gone.url() != null) {
            return placeholders.url(gone.url());
        }
        String landing = (String) candidate.get("landing_page");
        return gone.landing() != null && landing != null && landing.matches("https?://.*") ? landing : null;
    }

    public HttpCall call(ActiveWalk walk, Map<String, Object> candidate) {
        return walk.ask(url(walk, candidate));
    }

    /** The source gave something for it. */
    public void there(Asking asking, Map<String, Object> candidate) {
        if (!candidate.containsKey(CONTROL)) {
            asking.there++;
        }
    }

    /** What the source would say of it proves nothing. */
    public void unasked(Asking asking, Map<String, Object> candidate) {
        asking.unproven.add((String) candidate.get("key"));
    }

    /** It cannot be asked for: the complete walks are the proof. */
    public void taken(Asking asking, Map<String, Object> candidate) {
        asking.gone.add((String) candidate.get("key"));
        asking.unasked++;
    }

    /** The source refused: with one of the statuses that say so, it is gone; else nothing is proven. */
    public void refused(ActiveWalk walk, Asking asking, Map<String, Object> candidate, Throwable failure) {
        List<Integer> statuses = walk.source().kind().gone().status();
        boolean isGone = Cause.of(failure) instanceof PermanentFailure refused && statuses.contains(refused.status());
        if (candidate.containsKey(CONTROL)) {
            asking.isVoid = isGone;
            asking.lastFailure = "the source answers for %s, which the walk saw, as if it were gone, too: %s"
                    .formatted(
                            candidate.get("key"),
                            FailureText.of(failure, walk.order().scope()));
        } else if (isGone) {
            asking.gone.add((String) candidate.get("key"));
        } else {
            asking.unproven.add((String) candidate.get("key"));
            asking.lastFailure = FailureText.of(failure, walk.order().scope());
        }
    }

    /** The parameters of {@code harvest/retire-datasets}. */
    public Map<String, Object> gone(ActiveWalk walk, Asking asking) {
        if (asking.there > 0) {
            walk.note("%,d records that the walk did not see are still there when asked for, and stay."
                    .formatted(asking.there));
        }
        if (!asking.isProven()) {
            walk.warn("%,d records were not retired, for it could not be proven that they are gone: %s"
                    .formatted(asking.unproven.size(), asking.lastFailure));
        }
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", walk.start().run());
        parameters.put("source", walk.source().id());
        parameters.put("keys", BatchJson.text(asking.gone));
        parameters.put("reason", WHY + said(asking));
        parameters.put("now", null);
        return parameters;
    }

    private static String said(Asking asking) {
        if (asking.unasked == asking.gone.size()) {
            return "";
        }
        return asking.unasked == 0
                ? ", and the source, asked for it, said that it is gone"
                : ", and the source, where it could be asked for it, said that it is gone";
    }

    /** The parameters of {@code harvest/upsert-retirement}. */
    public Map<String, Object> held(
            ActiveWalk walk, List<Map<String, Object>> candidates, Map<String, Object> counted, String reason) {
        walk.warn("Nothing was retired: %s.".formatted(reason));
        return waiting(walk, candidates.stream().map(row -> row.get("key")).toList(), counted, reason);
    }

    /** The same of those of which nobody knows: the source cannot say, or what it says proves nothing. */
    public Map<String, Object> unproven(ActiveWalk walk, Asking asking, Map<String, Object> counted) {
        String reason = "%,d of %,d datasets are missing, and it could not be proven that they are gone: "
                + "confirm with catchment harvest retire --source %s --confirm, or dismiss with --dismiss";
        return waiting(
                walk,
                asking.unproven,
                counted,
                reason.formatted(
                        asking.unproven.size(),
                        number(counted, "held"),
                        walk.order().scope()));
    }

    private static Map<String, Object> waiting(
            ActiveWalk walk, List<?> keys, Map<String, Object> counted, String reason) {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("run", walk.start().run());
        parameters.put("source", walk.source().id());
        parameters.put("keys", BatchJson.text(keys));
        parameters.put("held", counted.get("held"));
        parameters.put("reason", reason);
        return parameters;
    }

    public boolean isFlapping(Map<String, Object> counted) {
        return number(counted, "flapping") > 0;
    }
}
