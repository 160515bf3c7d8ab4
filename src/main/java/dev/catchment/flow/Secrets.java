package dev.catchment.flow;

import java.util.Map;

/** What only the environment may say. A bean that needs one asks for it by the name of its variable. */
public final class Secrets {
    private final Map<String, String> environment;

    public Secrets(Map<String, String> environment) {
        this.environment = environment;
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
