package dev.catchment.lab;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is true of hosts with budgets, against what the nodes made of it. */
record BudgetOracle(BudgetHosts hosts, LabDatabase database) {

    List<String> violations(List<Instant> late) {
        List<String> wrong = new ArrayList<>();
        wrong.addAll(pages());
        wrong.addAll(datasets());
        wrong.addAll(runs());
        Map<String, List<Instant>> asked = hosts.asked();
        for (BudgetHosts.Host host : hosts.hosts()) {
            wrong.addAll(Upstream.beyondBudget(host.address(), asked.get(host.address()), host.gapMillis(), late));
            if (host.refused() > 0) {
                wrong.add("host %s refused %d requests".formatted(host.address(), host.refused()));
            }
        }
        return wrong;
    }

    /** Every page of every source is committed once, whichever runs of its chain did it. */
    private List<String> pages() {
        List<String> wrong = new ArrayList<>();
        Map<String, Map<String, Integer>> committed = new HashMap<>();
        for (List<String> row : database.rows("select r.scope, q.first_key, q.records from ops.requests q"
                + " join ops.runs r on r.id = q.run_id where q.records > 0")) {
            Map<String, Integer> pages = committed.computeIfAbsent(row.get(0), scope -> new TreeMap<>());
            if (pages.put(row.get(1), Integer.valueOf(row.get(2))) != null) {
                wrong.add("a page was committed twice: %s from %s on".formatted(row.get(0), row.get(1)));
            }
        }
        for (BudgetHosts.Source source : hosts.sources()) {
            Map<String, Integer> expected = new TreeMap<>();
            for (int page = 0; page < source.pages(); page++) {
                int from = page * BudgetHosts.PAGE;
                expected.put("d-%05d".formatted(from + 1), Math.min(BudgetHosts.PAGE, source.records() - from));
            }
            if (!expected.equals(committed.get(source.name()))) {
                wrong.add("pages of %s: committed %s, there are %s"
                        .formatted(source.name(), committed.get(source.name()), expected));
            }
        }
        return wrong;
    }

    /** Every record is held once, with its title, and none besides. */
    private List<String> datasets() {
        List<String> wrong = new ArrayList<>();
        Map<String, String> held = new HashMap<>();
        for (List<String> row :
                database.rows("select s.name, d.key, d.title, d.retired_at is not null from harvest.datasets d"
                        + " join harvest.sources s on s.id = d.source_id")) {
            String key = row.get(0) + " " + row.get(1);
            if (held.put(key, row.get(2)) != null || row.get(3).equals("t")) {
                wrong.add("doubled or retired: " + key);
            }
        }
        int records = 0;
        for (BudgetHosts.Source source : hosts.sources()) {
            records += source.records();
            for (int number = 1; number <= source.records(); number++) {
                String key = "%s d-%05d".formatted(source.name(), number);
                if (!source.title(number).equals(held.get(key))) {
                    wrong.add("lost or wrong: %s is '%s', held as '%s'"
                            .formatted(key, source.title(number), held.get(key)));
                }
            }
        }
        if (held.size() != records) {
            wrong.add("%d datasets are held, there are %d".formatted(held.size(), records));
        }
        return wrong;
    }

    /** None is left open, each source has one complete walk, and the ledger adds up to what is held. */
    private List<String> runs() {
        List<String> wrong = new ArrayList<>(
                database.texts("select 'a run was left open: ' || id from ops.runs where status = 'running'"));
        Map<String, List<String>> sums = new HashMap<>();
        for (List<String> row : database.rows(
                "select scope, sum(added), sum(updated + retired + restored + rejected),"
                        + " count(*) filter (where status = 'succeeded') from ops.runs where room = 'harvest' and flow = 'walk' group by scope")) {
            sums.put(row.get(0), row.subList(1, 4));
        }
        for (BudgetHosts.Source source : hosts.sources()) {
            List<String> expected = List.of(String.valueOf(source.records()), "0", "1");
            if (!expected.equals(sums.get(source.name()))) {
                wrong.add("runs of %s: added, changed, succeeded are %s, not %s"
                        .formatted(source.name(), sums.get(source.name()), expected));
            }
        }
        return wrong;
    }
}
