package dev.catchment.cli.harvest;

import dev.catchment.cli.output.Progress;
import dev.catchment.cli.output.Summary;
import dev.catchment.cli.session.DatasetFlowCommand;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Routes;
import dev.catchment.cli.session.Service;
import dev.catchment.cli.session.Session;
import dev.catchment.harvest.HarvestOrder;
import dev.catchment.postgres.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code catchment harvest}. */
@Command(
        name = "harvest",
        mixinStandardHelpOptions = true,
        subcommands = {HarvestRetireCommand.class, HarvestRemapCommand.class, HarvestSplitCommand.class},
        description = {
            "Walks sources: one, those of a kind, or all that are due.",
            "Resumes an unfinished walk from its cursor, unless --fresh is given.",
            "Only complete walks retire datasets. Exits with 1 if any source failed."
        },
        footer = {
            "",
            "Examples:",
            "  catchment harvest                       what is due",
            "  catchment harvest --source city-of-x    one source, due or not",
            "  catchment harvest --kind ckan --dry-run show what would change",
            "  catchment harvest --json | jq .added    one JSON object per source"
        })
public final class HarvestCommand extends DatasetFlowCommand {
    @Option(names = "--source", paramLabel = "N", description = "Walk this source, due or not.")
    private String source;

    @Option(names = "--kind", paramLabel = "K", description = "Walk the active sources of this kind, due or not.")
    private String kind;

    @Option(names = "--due", description = "Walk the sources that are due. The default.")
    private boolean due;

    @Option(names = "--fresh", description = "Start over, even if the last walk is unfinished.")
    private boolean fresh;

    @Option(names = "--dry-run", description = "Compare and report, but write nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        if (source != null && kind != null || due && source != null) {
            throw new ParameterException(spec().commandLine(), "Use one of --source, --kind and --due.");
        }
        Session session = open();
        AtomicInteger worst = new AtomicInteger();
        List<String> failed = new ArrayList<>();
        AtomicInteger walked = new AtomicInteger();
        try (Database database = session.database(dryRun);
                Service service = session.service(database, Routes.of("harvest"))) {
            if (source != null) {
                NamedSource.find(database, source);
            }
            Progress progress = Progress.of(service.running());
            try (progress) {
                HarvestOrder order = new HarvestOrder(
                        "cli", source, kind, source == null && (due || kind == null), fresh, dryRun, summary -> {
                            walked.incrementAndGet();
                            int code = ExitCode.of(summary.get("status"));
                            worst.accumulateAndGet(code, Math::max);
                            progress.aside(() -> print(summary));
                            if (code == ExitCode.FAILED) {
                                synchronized (failed) {
                                    failed.add((String) summary.get("scope"));
                                }
                            }
                        });
                walk(service, order, session.settings().integer("harvest.workers"));
            }
            if (!dryRun) {
                afterwards(database);
            }
        }
        return code(walked.get(), worst.get(), failed);
    }

    private static void walk(Service service, HarvestOrder order, int workers) {
        int threads = order.source() == null ? workers : 1;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<CompletableFuture<Void>> working = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                working.add(CompletableFuture.runAsync(() -> service.askRows("harvest-walk", order), pool));
            }
            working.forEach(CompletableFuture::join);
        } finally {
            pool.shutdown();
        }
    }

    private int code(int walked, int worst, List<String> failed) {
        if (walked == 0 && source != null) {
            spec().commandLine()
                    .getErr()
                    .println(
                            "catchment: The source %s is being walked by another process, or its host has no room for one more walk."
                                    .formatted(source));
            return ExitCode.BUSY;
        }
        if (walked == 0 && !json()) {
            spec().commandLine().getErr().println("No source is due. 'catchment sources list' says which is due when.");
        }
        if (!failed.isEmpty()) {
            spec().commandLine().getErr().println("Failed: " + String.join(", ", failed) + ".");
        }
        return worst;
    }

    private void print(Map<String, Object> summary) {
        synchronized (this) {
            spec().commandLine().getOut().println(json() ? Summary.json(summary) : Summary.text(summary));
            spec().commandLine().getOut().flush();
        }
    }
}
