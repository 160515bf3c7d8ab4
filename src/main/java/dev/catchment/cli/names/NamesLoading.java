package dev.catchment.cli.names;

import dev.catchment.cli.output.Progress;
import dev.catchment.cli.output.Summary;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Service;
import dev.catchment.errors.Cause;
import dev.catchment.errors.FatalFailure;
import dev.catchment.errors.PermanentFailure;
import dev.catchment.errors.TransientFailure;
import dev.catchment.names.LoadOrder;
import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes files in and works on the queue until their jobs have ended. */
record NamesLoading(Service service, Database database, PrintWriter out, boolean json, int workers) {
    private static final Logger LOG = LoggerFactory.getLogger(NamesLoading.class);
    private static final List<String> COUNTS =
            List.of("figures", "births", "added", "changed", "removed", "rejected", "skipped");
    private static final int SAMPLES = 2;
    /** Of so many reasons, and there are fewer. */
    private static final int REJECTS_MAX = 40;

    private static final int SHORT_ID = 8;
    private static final Set<String> OPEN = Set.of("queued", "running");

    /** @return the exit code */
    int run(List<LoadOrder> orders) {
        List<String> jobs = new ArrayList<>();
        int code = ExitCode.DONE;
        for (LoadOrder order : orders) {
            try {
                List<Map<String, Object>> rows = service.askRows("names-intake", order);
                if (order.dryRun()) {
                    code = Math.max(code, sumUp(rows));
                } else {
                    rows.forEach(row -> jobs.addAll(job(order, row)));
                }
            } catch (PermanentFailure | FatalFailure | IllegalArgumentException refused) {
                LOG.error("{}", refused.getMessage());
                code = ExitCode.FAILED;
            }
        }
        out.flush();
        return Math.max(code, jobs.isEmpty() ? code : await(jobs));
    }

    private int sumUp(List<Map<String, Object>> summaries) {
        summaries.forEach(summary -> out.println(json ? Summary.json(summary) : Summary.text(summary)));
        return summaries.stream().allMatch(NamesLoading::isDone) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static boolean isDone(Map<String, Object> summary) {
        return "succeeded".equals(summary.get("status"));
    }

    /** @return none if it was loaded so long ago that its job was removed since */
    private static List<String> job(LoadOrder order, Map<String, Object> row) {
        if (Boolean.FALSE.equals(row.get("is_queued")) && "completed".equals(row.get("status"))) {
            LOG.info(
                    "{} was loaded before and is skipped; --force loads it again. dataset={}",
                    order.file().getFileName(),
                    row.get("dataset_id"));
        }
        return row.get("job_id") == null ? List.of() : List.of(row.get("job_id").toString());
    }

    private int await(List<String> jobs) {
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        Set<String> told = new HashSet<>();
        try (Progress progress = Progress.of(service.running())) {
            while (isOpen(jobs) && !service.running().isClosed()) {
                for (var work : threads.invokeAll(Collections.nCopies(workers, this::work))) {
                    work.get();
                }
                jobs.stream().map(this::row).filter(NamesLoading::isElsewhere).forEach(job -> tell(job, told));
                TimeUnit.MILLISECONDS.sleep(100); // what is left waits for its time, or for another process
            }
            refresh();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // What is the server's failure is told with the job, which is due again.
            if (!(Cause.of(e.getCause()) instanceof TransientFailure)) {
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            }
        } finally {
            threads.shutdown();
        }
        return report(jobs);
    }

    private Object work() {
        return service.camel().createProducerTemplate().requestBody("direct:names-work", "");
    }

    /** No worker of this process has one any more. */
    private static boolean isElsewhere(Map<String, Object> job) {
        return "running".equals(job.get("status"));
    }

    private void tell(Map<String, Object> job, Set<String> told) {
        if (told.add(job.get("job") + " " + job.get("worker"))) {
            LOG.info(
                    "{} is being loaded by another process; this one waits for it, and takes the job over once its worker"
                            + " has not sent a heartbeat for {}. job={} worker={}",
                    job.get("filename"),
                    service.camel().resolvePropertyPlaceholders("{{ops.lease}}"),
                    job.get("job"),
                    job.get("worker"));
        }
    }

    /** Another process may be at the statistics that does not know yet what was loaded here. */
    private void refresh() {
        if (!service.running().isClosed()) {
            service.camel().createProducerTemplate().requestBody("direct:names-work-refresh", Map.of("wait", true));
        }
    }

    private boolean isOpen(List<String> jobs) {
        return jobs.stream().anyMatch(job -> OPEN.contains((String) row(job).get("status")));
    }

    private Map<String, Object> row(String job) {
        Map<String, Object> which = new LinkedHashMap<>();
        which.put("job", job);
        which.put("most", 1);
        return database.rows("names/list-jobs", which).get(0);
    }

    private int report(List<String> jobs) {
        int code = ExitCode.DONE;
        for (String job : jobs) {
            Map<String, Object> row = row(job);
            List<Map<String, Object>> rejects = rejects(row);
            row.put("rejects", rejects);
            out.println(json ? Summary.write(row) : text(row) + text(job, rejects));
            code = Math.max(
                    code,
                    switch ((String) row.get("status")) {
                        case "completed" -> ExitCode.DONE;
                        case "failed", "cancelled" -> ExitCode.FAILED;
                        default -> service.running().isClosed() ? ExitCode.INTERRUPTED : ExitCode.FAILED;
                    });
        }
        out.flush();
        return code;
    }

    /** Two of each reason. */
    private List<Map<String, Object>> rejects(Map<String, Object> row) {
        Map<String, Object> which = new HashMap<>();
        which.put("run", row.get("run"));
        which.put("each", SAMPLES);
        which.put("most", REJECTS_MAX);
        return database.rows("ops/list-rejects", which);
    }

    private static String text(String job, List<Map<String, Object>> rejects) {
        StringBuilder text = new StringBuilder();
        boolean more = false;
        Object above = null;
        for (Map<String, Object> reject : rejects) {
            if (!reject.get("reason").equals(above)) {
                boolean isWarning = "warning".equals(reject.get("severity"));
                text.append("%n  %s for %s: %,d"
                        .formatted(isWarning ? "warned" : "rejected", reject.get("reason"), reject.get("of_reason")));
                above = reject.get("reason");
            }
            text.append("%n    %s: %s".formatted(reject.get("position"), reject.get("message")));
            more |= (Long) reject.get("of_reason") > SAMPLES;
        }
        return more
                ? text.append("%n  'catchment jobs %s --rejects' lists all that are kept."
                                .formatted(job.substring(0, SHORT_ID)))
                        .toString()
                : text.toString();
    }

    private static String text(Map<String, Object> row) {
        String name = row.get("filename") + (row.get("entry") == null ? "" : "!" + row.get("entry"));
        StringBuilder text = new StringBuilder("%s (%s): %s".formatted(name, row.get("source"), row.get("status")));
        if ("completed".equals(row.get("status"))) {
            Object[] counts = COUNTS.stream().map(row::get).toArray();
            text.append("%n  %,d figures of %,d babies: added %,d, changed %,d, removed %,d; rejected %,d, skipped %,d"
                    .formatted(counts));
        }
        for (String field : List.of("error", "note")) {
            if (row.get(field) != null) {
                text.append("%n  %s: %s".formatted(field, row.get(field)));
            }
        }
        return text.toString();
    }
}
