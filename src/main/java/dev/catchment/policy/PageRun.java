package dev.catchment.policy;

import dev.catchment.flow.ActiveRun;
import dev.catchment.flow.RunStart;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run over pages, each a whole of its own, so that a stop loses none; keeps what came of each for the one who asked. */
abstract class PageRun extends ActiveRun {
    private final List<Map<String, Object>> pages = new ArrayList<>();

    PageRun(RunStart start) {
        super(start, 1);
    }

    final synchronized void tell(Map<String, Object> page) {
        pages.add(page);
    }

    /** The summary of the run, and what came of each page. */
    public final synchronized Map<String, Object> report(Map<String, Object> summary) {
        Map<String, Object> report = new LinkedHashMap<>(summary);
        report.put("pages", List.copyOf(pages));
        return report;
    }

    @Override
    protected final boolean isAtEnd() {
        return !isStopping();
    }

    @Override
    public final boolean isComplete() {
        return !isStopping() && !isFailed();
    }

    @Override
    protected final String cursor() {
        return null;
    }
}
