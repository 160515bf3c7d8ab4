package dev.catchment.ops;

import java.util.List;
import org.apache.camel.Route;

/** Every route runs; an operator who stopped one is reminded of it. */
public final class RoutesCheck extends Check {
    private final ServiceNode node;

    /** @param node whose draining stops routes, which is told elsewhere */
    public RoutesCheck(ServiceNode node) {
        super("routes");
        this.node = node;
    }

    @Override
    String trouble() {
        List<String> stopped = getCamelContext().getRoutes().stream()
                .filter(route -> !Boolean.FALSE.equals(route.isAutoStartup())) // a stand-in that is not wanted
                .map(Route::getId)
                .filter(route -> !node.stopped().contains(route))
                .filter(route -> !getCamelContext()
                        .getRouteController()
                        .getRouteStatus(route)
                        .isStarted())
                .toList();
        return stopped.isEmpty()
                ? null
                : "Not started: %s. Start them over JMX, or restart the service.".formatted(String.join(", ", stopped));
    }
}
