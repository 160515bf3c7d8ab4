package dev.catchment.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks every tenth of a second at who holds what. A process that was killed, frozen or parted from the database sends no heartbeat
 * from that moment on, which this class is told; so what it holds must be free for others when its lease has ended, and not later.
 */
final class LeaseWatch implements AutoCloseable {
    /** What was on its way to the server when the process fell silent may still be done, and a look takes its time. */
    private static final long SLACK_MILLIS = 500;

    private static final String HELD = """
            select c.what, c.name, c.worker, ops.is_alive(c.worker), (extract(epoch from clock_timestamp()) * 1000)::bigint
            from (
              select 'source' as what, s.name, s.claimed_by as worker from harvest.sources s where s.claimed_by is not null
              union all
              select 'run', r.id::text, r.claimed_by from ops.runs r where r.status = 'running'
            ) c""";

    private final LabDatabase database;
    private final long leaseMillis;
    private final Map<Long, Long> silentSince = new ConcurrentHashMap<>();
    private final Map<String, Long> orphanedAt = new HashMap<>();
    private final Set<String> wrong = new LinkedHashSet<>();
    private final Thread thread;
    private volatile boolean isWanted = true;
    private long looks;
    private long longestMillis;
    private int takenOver;

    LeaseWatch(LabDatabase database, long leaseMillis) {
        this.database = database;
        this.leaseMillis = leaseMillis;
        thread = new Thread(this::watch, "lab-leases");
        thread.setDaemon(true);
        thread.start();
    }

    /** A process sends no heartbeat from now on. */
    void silent(long pid) {
        silentSince.put(pid, System.currentTimeMillis());
    }

    /** It may send heartbeats again. */
    void heard(long pid) {
        silentSince.remove(pid);
    }

    private void watch() {
        while (isWanted) {
            look(database.rows(HELD));
            LockSupport.parkNanos(100_000_000);
        }
    }

    private synchronized void look(List<List<String>> held) {
        looks++;
        Set<String> orphaned = new LinkedHashSet<>();
        for (List<String> row : held) {
            // host:pid/start-number
            long pid = Long.parseLong(row.get(2).replaceFirst("^.*:(\\d+)/.*$", "$1"));
            long now = Long.parseLong(row.get(4));
            Long since = silentSince.get(pid);
            if (since == null) {
                continue;
            }
            long silent = now - since;
            boolean isAlive = row.get(3).equals("t");
            if (isAlive && silent > leaseMillis + SLACK_MILLIS) {
                wrong.add("a lease was held for too long: %s %s by a process that was silent for %d ms"
                        .formatted(row.get(0), row.get(1), silent));
            }
            if (row.get(0).equals("source")) {
                String claim = row.get(1) + " " + row.get(2);
                orphaned.add(claim);
                orphanedAt.putIfAbsent(claim, since);
                longestMillis = Math.max(longestMillis, silent);
            }
        }
        List<String> gone = new ArrayList<>(orphanedAt.keySet());
        gone.removeAll(orphaned);
        gone.forEach(orphanedAt::remove);
        takenOver += gone.size();
    }

    synchronized List<String> violations() {
        List<String> all = new ArrayList<>(wrong);
        if (looks < 100) {
            all.add("nobody looked at the leases: %d times".formatted(looks));
        }
        return all;
    }

    /** For the report. */
    synchronized String described() {
        return "%d looks at the leases; %d sources of silent processes went on elsewhere, or when these came back, after %.1f s at the most"
                .formatted(looks, takenOver, longestMillis / 1e3);
    }

    @Override
    public void close() throws InterruptedException {
        isWanted = false;
        thread.join();
    }
}
