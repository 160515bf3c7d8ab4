package dev.catchment.cli.catalog;

import dev.catchment.catalog.DiscoveryCrawls;
import dev.catchment.cli.session.DatasetFlowCommand;
import dev.catchment.cli.session.Routes;
import dev.catchment.flow.walk.WalkOrder;
import dev.catchment.text.FourByFour;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

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
public final class CrawlCommand extends DatasetFlowCommand {
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

    @Override
    public Integer call() {
        List<WalkOrder> orders = orders();
        return run(open(), Routes.of("catalog", "http"), dryRun, "catalog-crawl", orders);
    }

    private List<WalkOrder> orders() {
        require(
                region.equals("all") || DiscoveryCrawls.REGIONS.contains(region),
                "--region takes us, eu or all, not " + region + ".");
        require(limit >= 0, "--limit takes a number of records; 0 means all.");
        require(
                cursor == null || FourByFour.is(cursor),
                "--cursor takes a dataset id such as wppx-73fm, not " + cursor + ".");
        require(cursor == null || !region.equals("all"), "--cursor belongs to one region: name it with --region.");
        require(since == null || cursor == null, "--since goes by time and --cursor by id: use one of them.");
        Instant moment = since == null ? null : moment(since);
        List<String> regions = region.equals("all") ? DiscoveryCrawls.REGIONS : List.of(region);
        return regions.stream()
                .map(each -> new WalkOrder(
                        "catalog",
                        "crawl",
                        each,
                        "cli",
                        datasets ? null : "directory",
                        fresh,
                        moment,
                        cursor,
                        limit,
                        dryRun))
                .toList();
    }

    private Instant moment(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec().commandLine(),
                    "--since takes a day (2026-11-01, UTC) or a time with its zone (2026-11-01T12:00:00Z), not " + text
                            + ".");
        }
    }

    private void require(boolean right, String otherwise) {
        if (!right) {
            throw new ParameterException(spec().commandLine(), otherwise);
        }
    }
}
