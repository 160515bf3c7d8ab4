package dev.catchment.ops;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** One thing that has to be so for the service to be ready. What it says is for everybody: no host, no path, no data. */
abstract class Check extends AbstractHealthCheck {
    Check(String name) {
        super("catchment", name);
    }

    @Override
    public final boolean isReadiness() {
        return true;
    }

    @Override
    public final boolean isLiveness() {
        return false;
    }

    @Override
    protected final void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        String trouble = trouble();
        if (trouble == null) {
            result.up();
        } else {
            result.message(trouble).down();
        }
    }

    /** What is wrong, and what to do; null if nothing is. */
    abstract String trouble();
}
