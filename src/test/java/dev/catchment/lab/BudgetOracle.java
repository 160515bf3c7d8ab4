package dev.catchment.lab;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

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

    /** Every page of every source is committed once in a walk, whichever runs of its chain did it, and none is missing. */
    private List<String> pages() {
        List<String> wrong = new ArrayList<>();
        Map<String, Map<String, Integer>> committed = new HashMap<>();
        for (List<String> row : database.rows(
                "select r.scope, r.begun_at, q.first_key, q.records from ops.requests q"
                        + " join ops.runs r on r.id = q.run_id where q.records > 0"
                        + " and exists (select from ops.runs s where s.scope = r.scope and s.begun_at = r.begun_at and s.status = 'succeeded')")) {
            String walk = row.get(0) + " since " + row.get(1);
            Map<String, Integer> pages = committed.computeIfAbsent(walk, each -> new TreeMap<>());
            if (pages.put(row.get(2), Integer.valueOf(row.get(3))) != null) {
                wrong.add("a page was committed twice: %s from %s on".formatted(walk, row.get(2)));
            }
        }
        Map<String, BudgetHosts.Source> missing =
                hosts.sources().stream().collect(Collectors.toMap(BudgetHosts.Source::name, Function.identity()));
        committed.forEach((walk, pages) -> {
            BudgetHosts.Source source = hosts.source(walk.substring(0, walk.indexOf(' ')));
            Map<String, Integer> expected = new TreeMap<>();
            for (int page = 0; page < source.pages(); page++) {
                int from = page * BudgetHosts.PAGE;
                expected.put("d-%05d".formatted(from + 1), Math.min(BudgetHosts.PAGE, source.records() - from));
            }
            if (!expected.equals(pages)) {
                wrong.add("pages of %s: committed %s, there are %s".formatted(walk, pages, expected));
            }
            missing.remove(source.name());
        });
        missing.keySet().forEach(source -> wrong.add("not walked to its end: " + source));
        return wrong;
    }

    /**
     * Sources that were walked once more than was asked for, as their node died between the end of the run and that of the claim. What
     * such a walk adds or changes is a violation.
     */
    long walkedAgain() {
        return database.number("select count(*) from (select from ops.runs where room = 'harvest' and flow = 'walk'"
                + " and status = 'succeeded' group by scope having count(*) > 1) again");
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

    /** None is left open, and the ledger adds up to what is held. */
    private List<String> runs() {
        List<String> wrong = new ArrayList<>(
                database.texts("select 'a run was left open: ' || id from ops.runs where status = 'running'"));
        Map<String, List<String>> sums = new HashMap<>();
        for (List<String> row : database.rows(
                "select scope, sum(added), sum(updated + retired + restored + rejected),"
                        + " count(*) filter (where status = 'succeeded') from ops.runs where room = 'harvest' and flow = 'walk' group by scope")) {
            sums.put(row.get(0), row.subList(1, 3));
        }
        for (BudgetHosts.Source source : hosts.sources()) {
            List<String> expected = List.of(String.valueOf(source.records()), "0");
            if (!expected.equals(sums.get(source.name()))) {
                wrong.add("runs of %s: added and changed are %s, not %s"
                        .formatted(source.name(), sums.get(source.name()), expected));
            }
        }
        return wrong;
    }
}
