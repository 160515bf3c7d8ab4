package dev.catchment.cli;

import dev.catchment.postgres.Database;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
            "  catchment jobs retry 1f2e3d4c",
            "",
            "running? is a job whose worker was not heard of for 45 seconds; it is due again",
            "within a minute."
        })
final class JobsCommand implements Callable<Integer> {
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
            description = "Jobs to list. Default: ${DEFAULT-VALUE}.")
    private int most;

    @Option(
            names = "--json",
            description = {"Print one JSON object per job on standard output, and", "nothing else."})
    private boolean json;

    @Override
    public Integer call() {
        ListOptions.check(spec, status, STATUSES, most, "jobs");
        PrintWriter out = spec.commandLine().getOut();
        try (Database database = Session.open(spec, false).currentDatabase()) {
            List<Map<String, Object>> jobs = id == null ? list(database) : List.of(one(database, id));
            if (json) {
                jobs.forEach(job -> out.println(Summary.write(job)));
            } else if (id != null) {
                jobs.get(0)
                        .forEach((field, value) -> out.println("%-16s %s"
                                .formatted(field, Objects.toString(Moments.plain(value), ""))
                                .stripTrailing()));
            } else {
                jobs.forEach(JobsCommand::shorten);
                out.print(Table.of(jobs, LISTED));
            }
            out.flush();
        }
        return ExitCode.DONE;
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
        try (Database database = Session.open(command, false).currentDatabase()) {
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
        if (Boolean.TRUE.equals(job.get("is_silent"))) {
            job.put("status", job.get("status") + "?");
        }
        String error = Objects.toString(job.get("error"), "");
        job.put("error", error.length() <= 60 ? error : error.substring(0, 60) + "…");
    }
}
