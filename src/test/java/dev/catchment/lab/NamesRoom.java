package dev.catchment.lab;

import dev.catchment.support.InboxFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;

/** Published files of the names of a year, and later editions of them. */
final class NamesRoom implements LabRoom {
    private static final int FIRST_YEAR = 1880;

    private final TreeMap<Integer, Integer> years = new TreeMap<>();
    private InboxFolder inbox;
    private int broken;

    @Override
    public String name() {
        return "names";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("names.inbox.settle", "300ms", "names.poll", "200ms", "names.retry-delay", "1s");
    }

    @Override
    public void begin(Random random, LabDatabase database, Path data) {
        years.clear();
        broken = 0;
        inbox = RegistryRoom.inbox(data, "inbox/names");
        change(random);
    }

    @Override
    public String change(Random random) {
        int year = FIRST_YEAR + years.size();
        if (years.size() > 1 && random.nextInt(3) == 0) {
            int old = FIRST_YEAR + random.nextInt(years.size());
            // One that still lies there would be written over.
            year = RegistryRoom.left(inbox).contains("yob" + old + ".txt") ? year : old;
        }
        int edition = years.merge(year, 0, (before, none) -> before + 1);
        List<String> lines = new ArrayList<>();
        lines(year, edition).forEach(line -> lines.add(line.substring(5)));
        inbox.drop("yob" + year + ".txt", lines.toArray(String[]::new));
        return "dropped yob" + year + ".txt, edition " + edition;
    }

    /** Year, name, gender, count, with commas between. */
    private static List<String> lines(int year, int edition) {
        List<String> lines = new ArrayList<>();
        lines.add(year + ",Mary,F," + (7000 + year + edition));
        Random ofYear = new Random(year); // figures that are those of another year are refused
        for (int i = 0; i < 60; i++) {
            String name = "Name" + (char) ('a' + i % 26) + (char) ('a' + i / 26);
            lines.add("%d,%s,%s,%d".formatted(year, name, i % 2 == 0 ? "F" : "M", 100 + ofYear.nextInt(900)));
        }
        return lines;
    }

    @Override
    public String fault(Random random, HeldUp heldUp) {
        inbox.drop("nothing-" + ++broken + ".txt", "this is no list of names");
        return "dropped nothing-" + broken + ".txt";
    }

    @Override
    public String unrest(LabDatabase database, String since) {
        String left = RegistryRoom.left(inbox);
        List<String> open = database.texts("select status || ' ' || count(*) from names.jobs"
                + " where status in ('queued', 'running') group by status");
        long stale = database.number("select count(*) from names.stale_views");
        return left.isEmpty() && open.isEmpty() && stale == 0 ? "" : left + " jobs " + open + ", stale views " + stale;
    }

    @Override
    public List<String> violations(LabDatabase database, HeldUp heldUp) {
        TreeSet<String> wanted = new TreeSet<>();
        years.forEach((year, edition) -> wanted.addAll(lines(year, edition)));
        List<String> held = database.texts(
                "select concat_ws(',', year, name, gender, count) from names.names where deleted_at is null");
        List<String> wrong = new ArrayList<>();
        if (held.size() != new TreeSet<>(held).size()) {
            wrong.add("names: doubled: %d figures, %d different".formatted(held.size(), new TreeSet<>(held).size()));
        }
        TreeSet<String> lost = new TreeSet<>(wanted);
        held.forEach(lost::remove);
        TreeSet<String> madeUp = new TreeSet<>(held);
        madeUp.removeAll(wanted);
        if (!lost.isEmpty() || !madeUp.isEmpty()) {
            wrong.add("names: lost: %s; not to be held: %s"
                    .formatted(
                            lost.stream().limit(5).toList(),
                            madeUp.stream().limit(5).toList()));
        }
        String sums = database.texts(
                        "select coalesce(sum(added), 0) || ' added, ' || coalesce(sum(retired) - sum(restored), 0) || ' retired'"
                                + " from ops.runs where room = 'names'")
                .get(0);
        // What an edition changes of a figure is neither.
        String counted = "%d added, 0 retired".formatted(held.size());
        if (!sums.equals(counted)) {
            wrong.add("names: the ledger says %s, held are %s".formatted(sums, counted));
        }
        return wrong;
    }

    @Override
    public void close() {
        // Its folder is that of the round.
    }
}
