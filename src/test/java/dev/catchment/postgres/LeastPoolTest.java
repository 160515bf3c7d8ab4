package dev.catchment.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.catchment.catalog.standin.StandInServer;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.names.LoadOrder;
import dev.catchment.names.figure.Hints;
import dev.catchment.registry.SeedOrder;
import dev.catchment.settings.Settings;
import dev.catchment.sql.ScratchDatabase;
import dev.catchment.support.Assets;
import dev.catchment.support.Await;
import dev.catchment.support.IndexFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All rooms at work at once, with as few connections as the settings allow: 2 workers of the names, 4 connections. */
class LeastPoolTest {
    @TempDir
    private Path folder;

    @Test
    void all_rooms_work_while_long_loads_hold_their_connections() throws Exception {
        try (ScratchDatabase scratch = ScratchDatabase.create("least_pool");
                StandInServer upstream = StandInServer.start()) {
            upstream.standIn().replace(Assets.lines(55));
            Settings settings = settings(upstream.url());
            try (Database database = Database.open(scratch.connectionUrl(), null, 0, settings.pool())) {
                new Schema(database.dataSource()).up();
                try (Service service = Service.start(settings, database, Map.of(), Routes.onDemand());
                        Connection reader = scratch.database().dataSource().getConnection()) {
                    workBeside(service, reader, scratch);
                }
            }
        }
    }

    private void workBeside(Service service, Connection reader, ScratchDatabase scratch) throws Exception {
        service.askRows("names-intake", load("yob1880.txt", "Mary,F,7065"));
        service.askRows("names-intake", load("yob1881.txt", "Mary,F,6919"));
        reader.setAutoCommit(false);
        reader.createStatement().execute("lock table names.names in access exclusive mode");
        var loads = List.of(later(() -> work(service)), later(() -> work(service)));
        Await.until(
                "both loads wait in the server",
                () -> scratch.texts("select pid from pg_locks where not granted")
                                .size()
                        == 2);
        assertOthersSucceed(service, seed());
        assertThat(loads).noneMatch(CompletableFuture::isDone);
        reader.commit();
        loads.forEach(CompletableFuture::join);
        assertThat(scratch.texts("select status from names.jobs")).containsExactly("completed", "completed");
    }

    private static void assertOthersSucceed(Service service, SeedOrder seed) {
        List.of(
                        later(() -> service.ask("catalog-crawl", WalkOrder.whole("catalog", "crawl", "us", "test"))),
                        later(() -> service.ask("catalog-crawl", WalkOrder.whole("catalog", "crawl", "eu", "test"))),
                        later(() -> service.ask("registry-seed", seed)))
                .forEach(run -> assertThat(run.join()).containsEntry("status", "succeeded"));
    }

    private Settings settings(String upstream) {
        return Settings.load(folder, Map.of())
                .with(Map.of(
                        "postgres.max-connections", "4",
                        "data.dir", folder.toString(),
                        "http.requests-per-second", "10000",
                        "catalog.page-size", "10",
                        "catalog.us.url", upstream,
                        "catalog.eu.url", upstream,
                        "registry.batch-size", "10"));
    }

    private LoadOrder load(String name, String line) throws IOException {
        Path file = Files.writeString(folder.resolve(name), line + "\r\n");
        return new LoadOrder(file, Hints.NONE, "test", false, false);
    }

    private SeedOrder seed() throws IOException {
        return new SeedOrder(Files.write(folder.resolve("index.ndjson"), IndexFiles.assets(55)), "test", false, false);
    }

    private static Object work(Service service) {
        return service.camel().createProducerTemplate().requestBody("direct:names-work", "");
    }

    private static <T> CompletableFuture<T> later(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task).start());
    }
}
