package dev.catchment.ops;

import java.time.Instant;
import java.util.Objects;
import java.util.stream.Collectors;

/** Every cron fires. */
public final class TimersCheck extends Check {
    static final String ENDED = "The scheduler has ended, and no cron fires any more. Restart the service.";

    private final Triggers triggers;

    public TimersCheck(Triggers triggers) {
        super("timers");
        this.triggers = triggers;
    }

    @Override
    String trouble() {
        if (!triggers.isAlive()) {
            return ENDED;
        }
        String silent = triggers.states(Instant.now()).entrySet().stream()
                .filter(each -> Objects.nonNull(each.getValue()))
                .map(each -> "%s: %s.".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining(" "));
        return silent.isEmpty() ? null : silent + " Stop and start the route over JMX, or restart the service.";
    }
}
