package dev.catchment.catalog;

import java.util.TreeSet;

/**
 * The pages between being asked for and being committed. So many at the most, counted from the first that is not
 * committed: memory is bounded, and a killed crawl fetches no more than these again, however slow one writer is.
 */
final class PagesUnderWay {
    private final int most;
    private final TreeSet<Integer> open = new TreeSet<>();
    private int last;

    PagesUnderWay(int most) {
        this.most = most;
    }

    /** Waits for a place for the next page. */
    synchronized void begin() throws InterruptedException {
        while (!open.isEmpty() && last + 1 - open.first() >= most) {
            wait();
        }
        open.add(++last);
    }

    /** The page begun last could not be had; the next one takes its number. */
    synchronized void withdraw() {
        open.remove(last--);
        notifyAll();
    }

    /** The number of the page begun last, from 1. */
    synchronized int last() {
        return last;
    }

    /** A page is committed, or never will be. */
    synchronized void end(int page) {
        open.remove(page);
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
