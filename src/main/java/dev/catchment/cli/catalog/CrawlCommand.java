package dev.catchment.cli.catalog;

import dev.catchment.catalog.CrawlOrder;
import dev.catchment.catalog.Crawls;
import dev.catchment.cli.session.FlowRun;
import dev.catchment.cli.session.Service;
import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import dev.catchment.text.FourByFour;
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
            "Crawls the Socrata Discovery API once.",
            "Resumes an unfinished crawl from its cursor, unless --fresh is given.",
            "Only a complete crawl retires datasets."
        },
        footer = {
            "",
            "Examples:",
            "  catchment crawl                         both regions, in full",
            "  catchment crawl --region eu --dry-run   show what would change",
            "  catchment crawl --since 2026-11-01      only what was updated since",
            "  catchment crawl --json | jq .added      one JSON object per region"
        })
public final class CrawlCommand implements Callable<Integer> {
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
            description = "--no-datasets: only hosts, domains and agencies.")
    private boolean datasets;

    @Option(
            names = "--since",
            paramLabel = "TIMESTAMP",
            description = {
                "Fetch only updates since this time, newest first:",
                "2026-11-01 or 2026-11-01T12:00:00Z. Retires nothing."
            })
    private String since;

    @Option(names = "--cursor", paramLabel = "ID", description = "Start after this dataset id. Retires nothing.")
    private String cursor;

    @Option(names = "--fresh", description = "Start over, even if the last crawl is unfinished.")
    private boolean fresh;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "0",
            description = "Stop after N records per region. Retires nothing.")
    private long limit;

    @Option(names = "--dry-run", description = "Compare and report, but write nothing.")
    private boolean dryRun;

    @Option(
            names = "--json",
            description = {"Print one JSON object per run on standard output,", "and nothing else."})
    private boolean json;

    @Option(names = "--verbose", description = "Log at debug level.")
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
        require(limit >= 0, "--limit takes a number of records; 0 means all.");
        require(
                cursor == null || FourByFour.is(cursor),
                "--cursor takes a dataset id such as wppx-73fm, not " + cursor + ".");
        require(cursor == null || !region.equals("all"), "--cursor belongs to one region: name it with --region.");
        require(since == null || cursor == null, "--since goes by time and --cursor by id: use one of them.");
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
                    "--since takes a day (2026-11-01, UTC) or a time with its zone (2026-11-01T12:00:00Z), not " + text
                            + ".");
        }
    }

    private void require(boolean right, String otherwise) {
        if (!right) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }
}
