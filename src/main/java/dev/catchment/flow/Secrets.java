package dev.catchment.flow;

import java.util.Map;
import java.util.Set;

/** What only the environment may say. A bean that needs one asks for it by the name of its variable. */
public final class Secrets {
    /** What this program or its libraries prove themselves by. */
    private static final Set<String> OURS =
            Set.of("DATABASE_URL", "DATABASE_READ_URL", "PGPASSWORD", "SMTP_PASSWORD", "WEBHOOK_SECRET", "JAVA_OPTS");

    private static final String OF_LIBRARIES = "(AWS|KAFKA|CATCHMENT)_.*";

    private final Map<String, String> environment;

    public Secrets(Map<String, String> environment) {
        this.environment = environment;
    }

    /** Whether a variable is for us alone: whoever may say where a source is may not have this sent there. */
    public static boolean isOurs(String variable) {
        return OURS.contains(variable) || variable.matches(OF_LIBRARIES);
    }

    /** @return null if there is none */
    public String get(String variable) {
        return environment.get(variable);
    }

    @Override
    public String toString() {
        return "secrets";
    }
}
