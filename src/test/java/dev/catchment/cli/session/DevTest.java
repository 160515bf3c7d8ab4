package dev.catchment.cli.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.catchment.settings.Settings;
import dev.catchment.support.Await;
import dev.catchment.support.Defaults;
import dev.catchment.support.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run --dev}: what is edited takes effect without a restart. */
class DevTest {
    @TempDir
    Path home;

    @Test
    void an_edited_route_and_an_edited_statement_take_effect() throws Exception {
        copy("routes");
        copy("sql");
        Routes quiet =
                Routes.all().without("(?!shared/|web-).*-(schedule|inbox)").editedIn(home.toRealPath());
        try (Service service = Service.start(Defaults.settings(), TestDatabase.get(), Map.of(), quiet)) {
            int routes = service.camel().getRoutesSize();
            Files.writeString(
                    home.resolve("sql/statements/ops/find-last-run-of-room.sql"), "select :?room::text as edited");
            assertThat(service.askRows("ops-run-find-last", Map.of("room", "x")))
                    .isEqualTo(List.of(Map.of("edited", "x")));
            Path route = home.resolve("routes/ops-run.camel.yaml");
            Files.writeString(route, Files.readString(route).replaceFirst("description: \\S+", "description: Edits"));
            Await.until(
                    "the route is reloaded",
                    () -> Objects.requireNonNullElse(
                            service.camel().getRoute("ops-run-open"), // none while it is exchanged
                            service.camel().getRoutes().get(0)),
                    reloaded -> reloaded.getDescription().startsWith("Edits"));
            Await.until("all routes are back", () -> service.camel().getRoutesSize() == routes);
            assertThat(service.askRows("ops-run-find-last", Map.of("room", "y")))
                    .isEqualTo(List.of(Map.of("edited", "y")));
        }
    }

    @Test
    void without_the_folders_it_says_what_it_needs() {
        assertThatThrownBy(() -> Routes.all().editedIn(home))
                .isInstanceOf(Settings.WrongSetting.class)
                .hasMessageContaining("--dev needs the folders routes and sql");
    }

    private void copy(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            for (Path file : files.toList()) {
                Path target = home.resolve(file.toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }
}
