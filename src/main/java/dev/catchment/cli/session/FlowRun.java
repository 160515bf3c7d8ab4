package dev.catchment.cli.session;

import dev.catchment.cli.output.Progress;
import dev.catchment.cli.output.Summary;
import dev.catchment.errors.ScopeBusy;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a flow from the command line: its orders side by side, with their progress, each summed up on standard output. */
public record FlowRun(Service service, String route, PrintWriter out, boolean json) {
    private static final Logger LOG = LoggerFactory.getLogger(FlowRun.class);

    /** @return the exit code, the worst of them */
    public int run(List<?> orders) {
        ExecutorService threads = Executors.newFixedThreadPool(orders.size());
        try (Progress progress = Progress.of(service.running())) {
            List<CompletableFuture<Integer>> runs = orders.stream()
                    .map(order -> CompletableFuture.supplyAsync(() -> run(order, progress), threads))
                    .toList();
            return runs.stream().map(FlowRun::join).reduce(ExitCode.DONE, ExitCode::worse);
        } finally {
            threads.shutdown();
        }
    }

    private int run(Object order, Progress progress) {
        try {
            Map<String, Object> summary = service.ask(route, order);
            progress.aside(() -> print(summary));
            return ExitCode.of(summary.get("status"));
        } catch (ScopeBusy busy) {
            LOG.info(busy.getMessage());
            return ExitCode.BUSY;
        }
    }

    private void print(Map<String, Object> summary) {
        synchronized (out) {
            out.println(json ? Summary.json(summary) : Summary.text(summary));
            out.flush();
        }
    }

    private static int join(CompletableFuture<Integer> run) {
        try {
            return run.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }
}
