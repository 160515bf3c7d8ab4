package dev.catchment.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What a round does with one room: its sources, whose true state is known, how they go wrong, and what is to be held in the end. */
interface LabRoom extends AutoCloseable {
    String name();

    /** Whether there is a {@code catchment verify} of it. */
    default boolean hasVerify() {
        return true;
    }

    /** Whether nothing changes in it but what the others find: it comes to rest after them. */
    default boolean isFollowing() {
        return false;
    }

    /** What each node has to be told. */
    Map<String, String> settings();

    /** A world for a round. @param files the data folder of the node that owns files */
    void begin(Random random, LabDatabase database, Path files);

    /** The world moves on, where the room has one of its own. @return what happened */
    default String change(Random random) {
        return "nothing changes but what the others find";
    }

    /** The source goes wrong, where the room has one. @return in which way */
    default String fault(Random random, HeldUp heldUp) {
        return "nothing, for nobody else is asked";
    }

    /** Its connections are whole again; a file that went wrong stays as it is. */
    default void mend() {}

    /** It goes wrong no more; a file that went wrong stays as it is. */
    default void calm() {}

    /** Makes due what can be due, where it does not come by itself every few seconds. */
    default void ask(LabDatabase database) {}

    /** @param since when it became quiet, by the clock of the database @return what is waited for; empty if nothing */
    String unrest(LabDatabase database, String since);

    /** @param late when a request may have left, or come, late: one for each such request */
    List<String> violations(LabDatabase database, HeldUp heldUp);

    @Override
    void close();
}
