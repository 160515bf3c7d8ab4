package dev.catchment.support;

import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A service that the next test of a class goes on with, if it asks for the same: to start one takes longer than most tests
 * do.
 */
final class KeptService implements AutoCloseable {
    private Service service;
    private Asked asked;

    private record Asked(Map<String, String> settings, Map<String, String> environment, Routes routes) {}

    /** That of the class to which a test belongs, for a rig. */
    static KeptService of(ExtensionContext context, Class<?> rig) {
        return of(context, rig, "service", KeptService::new, KeptService.class);
    }

    /** Anything else that a rig keeps for the class, and that is closed after it. */
    static <T extends AutoCloseable> T of(
            ExtensionContext context, Class<?> rig, String name, java.util.function.Supplier<T> made, Class<T> type) {
        return classOf(context).getStore(Namespace.create(rig)).getOrComputeIfAbsent(name, key -> made.get(), type);
    }

    static ExtensionContext classOf(ExtensionContext context) {
        ExtensionContext current = context;
        while (current.getTestMethod().isPresent()) {
            current = current.getParent().orElseThrow();
        }
        return current;
    }

    /** Starts it, unless it runs with the same. */
    synchronized Service get(Map<String, String> settings, Map<String, String> environment, Routes routes) {
        Asked wanted = new Asked(Map.copyOf(settings), environment, routes);
        if (service != null && !wanted.equals(asked)) {
            close();
        }
        if (service == null) {
            service = start(settings, environment, routes);
            asked = wanted;
        }
        return service;
    }

    /** One that nobody keeps. */
    static Service start(Map<String, String> settings, Map<String, String> environment, Routes routes) {
        Settings current = Defaults.settings().with(settings);
        settings.keySet().forEach(current::get); // a key that is none is refused
        return Service.start(current, TestDatabase.get(), environment, routes);
    }

    /** Stops it in order. */
    @Override
    public synchronized void close() {
        if (service != null) {
            service.close();
            service = null;
        }
    }
}
