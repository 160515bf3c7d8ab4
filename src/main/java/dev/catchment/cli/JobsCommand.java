package dev.catchment.cli;

import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code catchment jobs}. */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        subcommands = {JobsRetryCommand.class, JobsCancelCommand.class, JobsCleanupCommand.class},
        description = "Shows the queue of the names: the latest jobs, or one whole.",
        footer = {
            "",
            "Examples:",
            "  catchment jobs --status failed",
            "  catchment jobs 1f2e3d4c",
            "  catchment jobs 1f2e3d4c --rejects    which rows were refused, and why?",
            "  catchment jobs retry 1f2e3d4c",
            "",
            "This command releases a job whose worker has sent no heartbeat within its lease",
            "(ops.lease): it is queued again, or failed after its last attempt."
        })
final class JobsCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(JobsCommand.class);
    private static final String[] LISTED =
            "job type status attempts source filename entry figures rejected created_at error".split(" ");

    private static final List<String> STATUSES = List.of("queued", "running", "completed", "failed", "cancelled");

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "The job to show whole, or the beginning of its id.")
    private String id;

    @Option(
            names = "--status",
            paramLabel = "S",
            description = {"Only those that are queued, running, completed,", "failed or cancelled."})
    private String status;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "20",
            description = "Jobs or rows to list. Default: ${DEFAULT-VALUE}.")
    private int most;

    @Option(
            names = "--rejects",
            description = {"List the rows of one job that were refused or warned of,", "with the reason of each."})
    private boolean isOfRejects;

    @Option(
            names = "--json",
            description = {"Print one JSON object per job on standard output, and", "nothing else."})
    private boolean json;

    @Override
    public Integer call() {
        ListOptions.check(spec, status, STATUSES, most, "jobs");
        if (isOfRejects && id == null) {
            throw new ParameterException(spec.commandLine(), "--rejects takes the ID of a job.");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (Database database = freed(Session.open(spec, false).readDatabase())) {
            List<Map<String, Object>> jobs = id == null ? list(database) : List.of(one(database, id));
            if (isOfRejects) {
                Table.print(
                        out,
                        rejects(database, jobs.get(0)),
                        json,
                        "No row was refused.%n".formatted(),
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
                out.print(
                        jobs.isEmpty()
                                ? "No such job. 'catchment load' brings some.%n".formatted()
                                : Table.of(jobs, LISTED));
            }
            out.flush();
        }
        return ExitCode.DONE;
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

    private List<Map<String, Object>> rejects(Database database, Map<String, Object> job) {
        Map<String, Object> which = new HashMap<>();
        which.put("run", job.get("run"));
        which.put("most", most);
        return database.rows("ops/list-rejects", which);
    }

    private List<Map<String, Object>> list(Database database) {
        Map<String, Object> which = new HashMap<>();
        which.put("status", status);
        which.put("most", most);
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

    /**
     * Changes one job.
     *
     * @param parameters of the statement, beside the job
     * @param refused what a job is that cannot be changed so
     */
    static int change(
            CommandSpec command,
            String id,
            String statement,
            Map<String, Object> parameters,
            String done,
            String refused) {
        try (Database database = freed(Session.open(command, false).currentDatabase())) {
            String job = one(database, id).get("job").toString();
            Map<String, Object> all = new HashMap<>(parameters);
            all.put("job", job);
            if (database.rows(statement, all).isEmpty()) {
                throw new IllegalArgumentException("Job %s %s.".formatted(job, refused));
            }
            command.commandLine().getOut().println("Job %s %s.".formatted(job, done));
            command.commandLine().getOut().flush();
        }
        return ExitCode.DONE;
    }

    private static void shorten(Map<String, Object> job) {
        job.put("job", job.get("job").toString().substring(0, 8));
        String error = Objects.toString(job.get("error"), "");
        job.put("error", error.length() <= 60 ? error : error.substring(0, 60) + "…");
    }
}
