package dev.catchment.cli;

import dev.catchment.catalog.CrawlOrder;
import dev.catchment.catalog.Crawls;
import dev.catchment.postgres.Database;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code catchment crawl}. */
@Command(
        name = "crawl",
        mixinStandardHelpOptions = true,
        description = {
            "Crawls the Socrata Discovery API once and ends.",
            "An unfinished crawl is gone on with where it stopped, unless --fresh says",
            "otherwise."
        },
        footer = {
            "",
            "Examples:",
            "  catchment crawl                         both regions, whole",
            "  catchment crawl --region eu --dry-run   what would change? nothing is written",
            "  catchment crawl --since 2026-11-01      what was updated since, newest first",
            "  catchment crawl --json | jq .added      one JSON object a region"
        })
final class CrawlCommand implements Callable<Integer> {
    private static final String ID = "[2-9a-kmnp-z]{4}-[2-9a-kmnp-z]{4}";

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--region",
            paramLabel = "us|eu|all",
            defaultValue = "all",
            description = "Region to crawl. Default: ${DEFAULT-VALUE}.")
    private String region;

    @Option(
            names = "--datasets",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "--no-datasets takes hosts, domains, agencies alone.")
    private boolean datasets;

    @Option(
            names = "--since",
            paramLabel = "TIMESTAMP",
            description = {
                "Walk back from the newest update to this moment;",
                "2026-11-01 or 2026-11-01T12:00:00Z. Retires nothing."
            })
    private String since;

    @Option(names = "--cursor", paramLabel = "ID", description = "Begin after this dataset id; retires nothing.")
    private String cursor;

    @Option(names = "--fresh", description = "Begin anew, even if the last crawl is unfinished.")
    private boolean fresh;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "Stop after N records a region; retires nothing.")
    private long limit;

    @Option(names = "--dry-run", description = "Compare and report; write nothing to the database.")
    private boolean dryRun;

    @Option(
            names = "--json",
            description = {"Print one JSON object per run on standard output,", "and nothing else."})
    private boolean json;

    @Option(names = "--verbose", description = "Log more.")
    private boolean verbose;

    @Override
    public Integer call() {
        List<CrawlOrder> orders = orders();
        Session session = Session.open(spec, verbose);
        try (Database database = session.database(dryRun);
                Service service = session.service(database)) {
            return new FlowRun(service, "catalog-crawl", spec.commandLine().getOut(), json).run(orders);
        }
    }

    private List<CrawlOrder> orders() {
        require(
                region.equals("all") || Crawls.REGIONS.contains(region),
                "--region takes us, eu or all, not " + region + ".");
        require(limit >= 0, "--limit takes a number of records from 1 on; 0 means all.");
        require(
                cursor == null || cursor.matches(ID),
                "--cursor takes a dataset id such as wppx-73fm, not " + cursor + ".");
        require(cursor == null || !region.equals("all"), "--cursor is a place in one region: name it with --region.");
        require(since == null || cursor == null, "--since walks by time and --cursor by id: give one of them.");
        Instant moment = since == null ? null : moment(since);
        List<String> regions = region.equals("all") ? Crawls.REGIONS : List.of(region);
        return regions.stream()
                .map(each -> new CrawlOrder(each, "cli", !datasets, fresh, moment, cursor, limit, dryRun))
                .toList();
    }

    private Instant moment(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--since takes a day (2026-11-01, UTC) or a moment with its zone (2026-11-01T12:00:00Z), not "
                            + text + ".");
        }
    }

    private void require(boolean right, String otherwise) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
