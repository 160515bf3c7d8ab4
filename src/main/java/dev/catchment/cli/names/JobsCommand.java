package dev.catchment.cli.names;

import dev.catchment.cli.output.ListOptions;
import dev.catchment.cli.output.Moments;
import dev.catchment.cli.output.RowLimit;
import dev.catchment.cli.output.Summary;
import dev.catchment.cli.output.Table;
import dev.catchment.cli.session.ExitCode;
import dev.catchment.cli.session.Session;
import dev.catchment.flow.Retention;
import dev.catchment.postgres.Database;
import dev.catchment.settings.SettingRule;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment jobs}. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description = "Shows the job queue of names: the latest jobs, or one in detail.",
        footer = {
            "",
            "Examples:",
            "  catchment jobs --status failed",
            "  catchment jobs 1f2e3d4c",
            "  catchment jobs 1f2e3d4c --rejects    rejected rows and why",
            "  catchment jobs retry 1f2e3d4c",
            "",
            "Also releases jobs whose worker has sent no heartbeat within ops.lease: they are",
            "queued again, or fail after their last attempt."
        })
public final class JobsCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(JobsCommand.class);
    private static final String[] LISTED =
            "job type status attempts source filename entry figures rejected created_at error".split(" ");

    private static final List<String> STATUSES = List.of("queued", "running", "completed", "failed", "cancelled");

    @Spec
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            description = "Job to show in detail; the first characters of its id.")
    private String id;

    @Option(
            names = "--status",
            paramLabel = "S",
            description = {"Only jobs that are queued, running, completed,", "failed or cancelled."})
    private String status;

    @Mixin
    private RowLimit limit = new RowLimit();

    @Option(
            names = "--rejects",
            description = {"List the rejected rows and warnings of one job, with the", "reason of each."})
    private boolean isOfRejects;

    @Option(
            names = "--json",
            description = {"Print one JSON object per job on standard output, and", "nothing else."})
    private boolean json;

    @Override
    public Integer call() {
        ListOptions.check(spec, status, STATUSES);
        int rows = limit.rows();
        if (isOfRejects && id == null) {
            throw new ParameterException(spec.commandLine(), "--rejects needs the ID of a job.");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Database database = freed(Session.open(spec, false).readDatabase())) {
            List<Map<String, Object>> jobs = id == null ? list(database, rows) : List.of(one(database, id));
            if (isOfRejects) {
                Table.print(
                        out,
                        rejects(database, jobs.get(0), rows),
                        json,
                        "No rejected rows.%n".formatted(),
                        "reason",
                        "position",
                        "message");
            } else if (json) {
                jobs.forEach(job -> out.println(Summary.write(job)));
            } else if (id != null) {
                jobs.get(0)
                        .forEach((field, value) -> out.println("%-16s %s"
                                .formatted(field, Objects.toString(Moments.plain(value), ""))
                                .stripTrailing()));
            } else {
                jobs.forEach(JobsCommand::shorten);
                out.print(jobs.isEmpty() ? nothing() : Table.of(jobs, LISTED));
            }
            out.flush();
        }
        return ExitCode.DONE;
    }

    private String nothing() {
        return (status == null
                        ? "There is no job yet. 'catchment load' adds jobs.%n"
                        : "No such job. 'catchment jobs' lists all.%n")
                .formatted();
    }

    /** The database, in which no job is held by a worker that died. */
    private static Database freed(Database database) {
        database.rows("names/release-lost-jobs", Map.of())
                .forEach(job -> LOG.warn(
                        "The heartbeats of the worker of a job stopped; the job is {}. job={} worker={}",
                        job.get("status"),
                        job.get("id"),
                        job.get("worker")));
        return database;
    }

    private List<Map<String, Object>> rejects(Database database, Map<String, Object> job, int rows) {
        Map<String, Object> which = new HashMap<>();
        which.put("run", job.get("run"));
        which.put("most", rows);
        return database.rows("ops/list-rejects", which);
    }

    private List<Map<String, Object>> list(Database database, int rows) {
        Map<String, Object> which = new HashMap<>();
        which.put("status", status);
        which.put("most", rows);
        return database.rows("names/list-jobs", which);
    }

    private static Map<String, Object> one(Database database, String id) {
        List<Map<String, Object>> jobs = database.rows("names/list-jobs", Map.of("job", id, "most", 2));
        if (jobs.size() != 1) {
            throw new IllegalArgumentException("There is %s job %s. 'catchment jobs' lists the latest."
                    .formatted(jobs.isEmpty() ? "no" : "more than one", id));
        }
        return jobs.get(0);
    }

    @Command(
            name = "retry",
            mixinStandardHelpOptions = true,
            description = "Queues a failed or cancelled job again.",
            footer = {"", "Examples:", "  catchment jobs retry 1f2e3d4c", "  catchment jobs retry 1f2e3d4c --force"})
    int retry(
            @Parameters(paramLabel = "ID", description = "Id of the job, or its first characters.") String job,
            @Option(
                            names = "--force",
                            description = {
                                "Let its file count even if it conflicts with figures",
                                "already loaded or does not resemble them."
                            })
                    boolean force) {
        String refused =
                "has neither failed nor been cancelled, or its file is in another job that is open, so it is not retried";
        return change(job, "names/update-retried-job", Map.of("force", force), "is queued again", refused);
    }

    @Command(
            name = "cancel",
            mixinStandardHelpOptions = true,
            description = "Cancels a queued job.",
            footer = {"", "Example:", "  catchment jobs cancel 1f2e3d4c"})
    int cancel(@Parameters(paramLabel = "ID", description = "Id of the job, or its first characters.") String job) {
        String refused = "is not queued, so it cannot be cancelled";
        return change(job, "names/update-cancelled-job", Map.of(), "is cancelled", refused);
    }

    @Command(
            name = "cleanup",
            mixinStandardHelpOptions = true,
            description = "Deletes jobs that ended longer ago than names.jobs.keep.",
            footer = {"", "Example:", "  catchment jobs cleanup"})
    int cleanup() {
        Session session = Session.open(spec, false);
        String keep = session.settings().get("names.jobs.keep");
        String milliseconds =
                keep.isBlank() ? "" : String.valueOf(SettingRule.duration(keep).toMillis());
        Retention retention = new Retention();
        long deleted = 0;
        try (Database database = session.currentDatabase()) {
            for (Long after = 0L; after != null; ) {
                Map<String, Object> batch = database.rows("names/delete-old-jobs", retention.batch(milliseconds, after))
                        .get(0);
                deleted = retention.sum(deleted, batch);
                after = (Long) batch.get("after");
            }
        }
        say("Deleted jobs: " + deleted);
        return ExitCode.DONE;
    }

    /** @param parameters of the statement, beside the job @param refused what a job is that cannot be changed so */
    private int change(String which, String statement, Map<String, Object> parameters, String done, String refused) {
        try (Database database = freed(Session.open(spec, false).currentDatabase())) {
            String job = one(database, which).get("job").toString();
            Map<String, Object> all = new HashMap<>(parameters);
            all.put("job", job);
            if (database.rows(statement, all).isEmpty()) {
                throw new IllegalArgumentException("Job %s %s.".formatted(job, refused));
            }
            say("Job %s %s.".formatted(job, done));
        }
        return ExitCode.DONE;
    }

    private void say(String line) {
        spec.commandLine().getOut().println(line);
        spec.commandLine().getOut().flush();
    }

    private static void shorten(Map<String, Object> job) {
        job.put("job", job.get("job").toString().substring(0, 8));
        String error = Objects.toString(job.get("error"), "");
        job.put("error", error.length() <= 60 ? error : error.substring(0, 60) + "…");
    }
}
