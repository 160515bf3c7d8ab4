package dev.catchment.support;

/** The leases of processes that are dead: that they end by themselves is what {@code LeaseTest} waits for. */
public final class Leases {
    private Leases() {}

    /** As if the lease had passed since the last heartbeat of a killed process. */
    public static void end(CrawlProcess killed) {
        if (!killed.hasEnded()) {
            throw new AssertionError("Its next heartbeat would renew its lease.");
        }
        TestDatabase.execute(
                "update ops.workers set heartbeat_at = heartbeat_at - lease where id like '%:" + killed.pid() + "/%'");
    }
}
