package dev.catchment.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.catchment.cli.Cli;
import dev.catchment.cli.session.Service;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.embedded.SystemServer;
import dev.catchment.support.HookRig;
import dev.catchment.support.Pools;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A database that was restored from a backup; skipped where this system has no PostgreSQL with its programs. */
class RestoredDeliveryTest {
    private static final String CHANGE = """
            insert into harvest.changes (dataset_id, source_id, change, run_id, changed_at)
            select d.id, d.source_id, 'changed', 1, now() from harvest.datasets d;
            select harvest.publish_changes()""";

    @TempDir
    private Path folder;

    @RegisterExtension
    final HookRig hooks = new HookRig();

    private void change(Cli cli) {
        try (Database database = database(cli);
                Service service = hooks.another(database, HookRig.SECRETS)) {
            execute(database, CHANGE);
            HookRig.deliver(service);
        }
    }

    private static void execute(Database database, String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    private static Database database(Cli cli) {
        return Database.open(cli.environment().get("DATABASE_URL"), null, 0, Pools.of(8));
    }

    @Test
    void what_is_new_after_a_restore_arrives_under_numbers_that_were_never_given() throws Exception {
        Optional<SystemServer> found = SystemServer.start();
        assumeTrue(found.isPresent(), "this system has no pg_dump with a PostgreSQL server of its version");
        try (SystemServer server = found.get()) {
            Cli cli = Cli.on(server.database("original"))
                    .with("DATA_DIR", folder.resolve("data").toString());
            cli.run("schema", "up").endsWith(0);
            try (Database database = database(cli);
                    Service service = hooks.another(database, HookRig.SECRETS)) {
                execute(database, """
                        insert into harvest.kinds (name, hash, declaration, mapping, query)
                        values ('ckan', repeat('a', 64), '{}', '', '') on conflict do nothing;
                        insert into harvest.sources (name, kind, url, host) values ('north', 'ckan', 'https://n.example', 'n.example');
                        insert into harvest.datasets (source_id, key, record_type, content_hash, first_seen_at, changed_at, last_changed_at)
                        select id, 'key', 'dataset', '00', now(), now(), now() from harvest.sources""");
                service.ask(
                        "webhooks-manage-add",
                        Map.of("name", "mirror", "url", hooks.receiver().url()));
            }
            change(cli);
            String dump = folder.resolve("catchment.dump").toString();
            cli.run("backup", "--out", dump).endsWith(0);
            change(cli);
            change(cli);
            cli.run("restore", "--force", dump).endsWith(0);
            change(cli);
        }
        List<Long> numbers = hooks.numbers();
        assertThat(numbers).hasSize(4).doesNotHaveDuplicates().isSorted();
        assertThat(numbers.get(3)).isGreaterThan(numbers.get(2));
    }
}
