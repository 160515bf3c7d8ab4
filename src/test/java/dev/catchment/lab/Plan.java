package dev.catchment.lab;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** What happens in a round, and when: all of it drawn from the seed before anything begins. */
record Plan(long seed, int nodes, int troubleMillis, List<Event> events) {
    /** What may happen to a node, to the way to its database, or to the server. */
    enum Fault {
        KILL,
        TERMINATE,
        FREEZE,
        FREEZE_AND_KILL_ANOTHER,
        KILL_ALL,
        CUT_FROM_DATABASE,
        RESET_FROM_DATABASE,
        SLOW_TO_DATABASE,
        PART_FROM_DATABASE,
        PART_FROM_UPSTREAM,
        PART_FROM_ALL_UPSTREAM,
        TERMINATE_ONE_BACKEND,
        TERMINATE_ALL_BACKENDS,
        RESTART_SMART,
        RESTART_FAST,
        RESTART_IMMEDIATE,
        LOCK,
        READ_ONLY,
        SHORT_STATEMENT_TIMEOUT,
        CROWDED,
        DISK_FULL,
        CLOCK_AHEAD,
        CLOCK_BEHIND
    }

    /** The world moves on, a source goes wrong, or something happens to a node or the server. */
    enum What {
        CHANGE,
        UPSTREAM,
        FAULT
    }

    /**
     * One of them.
     *
     * @param at    milliseconds after the beginning
     * @param room  number of the room whose source it is, of CHANGE and UPSTREAM
     * @param fault of FAULT, else null
     * @param node  the number of the node that it happens to, of FAULT
     * @param seed  of whatever else is by chance
     */
    record Event(long at, What what, int room, Fault fault, int node, long seed) {
        @Override
        public String toString() {
            String who = what == What.FAULT ? fault + " node " + node : what + " room " + room;
            return "+%.1f s %s".formatted(at / 1000.0, who);
        }
    }

    /** @param nodes how many; 0: by the seed, one or three @param trouble seconds in which things go wrong @param rooms how many @param changing so many of
     *     them change by themselves */
    static Plan of(long seed, int nodes, int trouble, int rooms, int changing) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        int byChance = random.nextInt(4) == 0 ? 3 : 1;
        int count = nodes == 0 ? byChance : nodes;
        int millis = trouble * 1000;
        List<Event> events = new ArrayList<>();
        int changes = 6 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            events.add(event(random, millis, What.CHANGE, changing, null, count));
        }
        int upstream = 3 + random.nextInt(8);
        for (int i = 0; i < upstream; i++) {
            events.add(event(random, millis, What.UPSTREAM, rooms, null, count));
        }
        int faults = 2 + random.nextInt(3) + (count > 1 ? 1 : 0);
        for (int i = 0; i < faults; i++) {
            Fault fault = random.nextInt(3) == 0 ? Fault.KILL : Fault.values()[random.nextInt(Fault.values().length)];
            events.add(event(random, millis, What.FAULT, rooms, fault, count));
        }
        events.sort(Comparator.comparingLong(Event::at));
        return new Plan(seed, count, millis, List.copyOf(events));
    }

    private static Event event(Random random, int millis, What what, int rooms, Fault fault, int nodes) {
        return new Event(
                random.nextInt(millis), what, random.nextInt(rooms), fault, random.nextInt(nodes), random.nextLong());
    }
}
