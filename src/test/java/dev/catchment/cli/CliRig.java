package dev.catchment.cli;

import dev.catchment.sql.ScratchDatabase;
import dev.catchment.support.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The command line on a database of its own, whose registry and ledger are emptied before each test. */
public final class CliRig implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    private final String name;
    private ScratchDatabase scratch;
    private Cli cli;

    /** @param name of the database, a lower-case word */
    public CliRig(String name) {
        this.name = name;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        scratch = ScratchDatabase.withSchema(name);
        cli = Cli.on(scratch.connectionUrl());
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        execute(TestDatabase.emptied(
                "ops.handovers, ops.runs, ops.requests, ops.rejects, harvest.walks, registry.sources, registry.assets, "
                        + "registry.orphans, registry.files, names.jobs, names.datasets, names.names, "
                        + "names.slices, names.stale_views, " + TestDatabase.POLICIES));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        scratch.close();
    }

    public Cli cli() {
        return cli;
    }

    public ScratchDatabase database() {
        return scratch;
    }

    public Cli.Said run(String... arguments) {
        return cli.run(arguments);
    }

    public void execute(String sql) throws Exception {
        scratch.execute(sql);
    }

    public List<String> texts(String sql) {
        return scratch.texts(sql);
    }
}
