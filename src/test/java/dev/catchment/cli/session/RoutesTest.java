package dev.catchment.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.settings.Settings;
import dev.catchment.support.Defaults;
import dev.catchment.support.TestDatabase;
import java.util.Map;
import org.apache.camel.Route;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
    @ParameterizedTest
    @CsvSource({
        "catalog, http, direct:catalog-crawl",
        "registry, , direct:registry-seed",
        "names, , direct:names-intake",
        "policy, mail, direct:policy-watch"
    })
    void a_command_starts_its_room_its_door_and_the_ledger(String room, String door, String route) {
        Routes routes = door == null ? Routes.of(room) : Routes.of(room, door);
        Settings settings = Defaults.settings();
        try (Service service = Service.start(settings, TestDatabase.get(), Map.of(), routes)) {
            assertThat(service.camel().getRoutes())
                    .extracting(each -> each.getEndpoint().getEndpointBaseUri())
                    .contains(route.replace("direct:", "direct://"));
            assertThat(service.camel().getRoutes())
                    .extracting(Route::getRouteId)
                    .anyMatch(id -> id.startsWith("ops-"))
                    .allMatch(id -> id.matches("(%s|ops%s)-.*".formatted(room, door == null ? "" : "|http|mail")));
            assertThat(service.camel().getRoutes())
                    .as("those made of a template, too")
                    .allMatch(each -> each.getRouteId().startsWith(each.getGroup() + "-"));
        }
    }
}
