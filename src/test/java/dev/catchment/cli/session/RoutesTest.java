package dev.catchment.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.settings.Settings;
import dev.catchment.settings.Settings.WrongSetting;
import dev.catchment.support.Defaults;
import dev.catchment.support.TestDatabase;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Route;
import org.junit.jupiter.api.Test;
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

    @Test
    void a_start_can_be_given_up_between_any_two_routes_until_they_are_at_work() throws Exception {
        AtomicInteger places = new AtomicInteger();
        try (Service service = Service.start(
                Defaults.settings(), TestDatabase.get(), Map.of(), Routes.of("registry"), places::incrementAndGet)) {
            int whenUp = places.get();
            assertThat(whenUp).isGreaterThanOrEqualTo(2 * service.camel().getRoutesSize());
            service.camel().getRouteController().stopRoute("registry-seed");
            service.camel().getRouteController().startRoute("registry-seed");
            assertThat(places).hasValue(whenUp);
        }
    }

    @Test
    void a_node_works_on_its_rooms_alone_and_keeps_the_ledger() {
        try (Service service = Service.start(
                Defaults.settings(), TestDatabase.get(), Map.of(), Routes.all().in("registry, webhooks"))) {
            assertThat(service.camel().getRoutes())
                    .extracting(Route::getGroup)
                    .contains("registry", "webhooks", "ops")
                    .doesNotContain("catalog", "harvest", "names", "policy", "export", "web");
            assertThat(service.camel().getRoutes())
                    .extracting(Route::getRouteId)
                    .contains("registry-seed-inbox");
        }
    }

    @Test
    void a_node_that_serves_the_console_can_begin_what_an_operator_can_and_starts_nothing_of_other_rooms_by_itself() {
        assertThat(Routes.all().in("web").files())
                .contains("web-gate", "harvest-walk", "catalog-crawl", "shared/beans")
                .noneMatch(file -> file.matches("(catalog|harvest|names|policy|registry)-.*(schedule|inbox)"))
                .contains("policy-links");
        assertThatThrownBy(() -> Routes.all().in(","))
                .isInstanceOf(WrongSetting.class)
                .hasMessageContaining("node.rooms=, names no room.");
        assertThat(Routes.all().in(" ").files()).isEqualTo(Routes.all().files());
        assertThatThrownBy(() -> Routes.all().in("catalog,portals"))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(
                        "node.rooms: there is no room portals. Rooms are catalog, export, harvest, names, ops, policy, "
                                + "registry, web, webhooks; if node.rooms is empty, this node has all.");
    }
}
