package dev.catchment.postgres;

/** What an operator may see and do with the connections of this process over JMX, as {@code dev.catchment:type=Postgres}. */
public interface PostgresMXBean {
    /** Connections that are open: in use or idle. */
    int getOpen();

    /** Connections that somebody has. */
    int getInUse();

    /** Connections that are open and wait for a caller. */
    int getIdle();

    /** Callers that wait for a connection: if they often do, postgres.max-connections is low. */
    int getWaiting();

    /** postgres.max-connections. */
    int getMaxConnections();

    /** postgres.connection-timeout. */
    long getConnectionTimeoutMilliseconds();

    /** postgres.idle-timeout. */
    long getIdleTimeoutMilliseconds();

    /** postgres.max-lifetime. */
    long getMaxLifetimeMilliseconds();

    /** postgres.keepalive. */
    long getKeepaliveMilliseconds();

    /** Closes every connection, those in use when they are given back, and says so; new ones are opened when needed. */
    String recycle();
}
