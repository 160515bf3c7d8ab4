package dev.catchment.flow;

import java.util.TreeSet;

/**
 * The batches between being asked for and being committed. So many at the most, counted from the first that is not
 * committed: memory is bounded, and a killed run reads no more than these again, however slow one writer is.
 */
final class InFlight {
    private final int most;
    private final TreeSet<Integer> open = new TreeSet<>();
    private int last;

    InFlight(int most) {
        this.most = most;
    }

    /** Waits for a place for the next batch. @return its number, from 1 */
    synchronized int begin() throws InterruptedException {
        while (!open.isEmpty() && last + 1 - open.first() >= most) {
            wait();
        }
        open.add(++last);
        return last;
    }

    synchronized int count() {
        return open.size();
    }

    /** The batch begun last could not be had; the next one takes its number. */
    synchronized void withdraw() {
        open.remove(last--);
        notifyAll();
    }

    /** A batch is committed, or never will be. */
    synchronized void end(int batch) {
        open.remove(batch);
        notifyAll();
    }

    /** Waits until none is under way, whoever interrupts: what is under way will end. */
    synchronized void awaitNone() {
        boolean interrupted = false;
        while (!open.isEmpty()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
