package dev.catchment.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.catchment.postgres.connection.DatabaseUrl;
import dev.catchment.postgres.connection.WatchedSockets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;

/** The connections of a process. A caller that gets none because all are in use is told which setting to raise. */
class Pool extends HikariDataSource {
    /** Who asks with a browser does not wait as long as a run does. */
    private static final long WAIT_OF_A_READER = 5_000;
    /** A reader who takes nothing of what he asked for is not waited for longer than this. */
    private static final long WAIT_FOR_A_READER = 120_000;

    static {
        // A connection is asked whether it is alive each time it is lent, not only when it was unused for half a
        // second:
        // that costs one short answer of the server, and a server that was restarted under a crawl costs no run.
        System.getProperties().putIfAbsent("com.zaxxer.hikari.aliveBypassWindowMs", "-1");
    }

    Pool(DatabaseUrl url, PoolSettings settings) {
        this(config(url, settings));
    }

    Pool(HikariConfig config) {
        super(config);
    }

    /**
     * Connections that only read, as {@code api_readonly} where the server lets us become it: what is no one else's
     * business is then not seen, whatever a statement asks for.
     *
     * @param size how many there may be
     * @param patience how long the server may work on one answer
     */
    static Pool ofReads(DatabaseUrl url, PoolSettings settings, int size, Duration patience) {
        return new Pool(reads(url, settings, size, patience));
    }

    static HikariConfig reads(DatabaseUrl url, PoolSettings settings, int size, Duration patience) {
        HikariConfig pool = config(url, settings);
        pool.setPoolName("reads");
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(Math.min(pool.getConnectionTimeout(), WAIT_OF_A_READER));
        pool.addDataSourceProperty("ApplicationName", "catchment web");
        pool.setConnectionInitSql("""
                do $$
                begin
                  if pg_has_role(current_user, to_regrole('api_readonly'), 'member') then
                    set session role api_readonly;
                  end if;
                end;
                $$;
                set statement_timeout = %d;
                set idle_in_transaction_session_timeout = %d;
                set default_transaction_read_only = on
                """.formatted(patience.toMillis(), WAIT_FOR_A_READER));
        return pool;
    }

    static HikariConfig config(DatabaseUrl url, PoolSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("postgres");
        config.setJdbcUrl(url.jdbcUrl());
        config.setUsername(url.user());
        config.setPassword(url.password());
        config.setMaximumPoolSize(settings.maxConnections());
        config.setMinimumIdle(0);
        config.setConnectionTimeout(settings.connectionTimeout().toMillis());
        config.setIdleTimeout(settings.idleTimeout().toMillis());
        config.setMaxLifetime(settings.maxLifetime().toMillis());
        config.setKeepaliveTime(settings.keepalive().toMillis());
        config.setInitializationFailTimeout(-1); // DatabaseCheck says what is wrong, in our words
        config.addDataSourceProperty("ApplicationName", "catchment");
        // A load may wait an hour for the answer to one statement: no time-out of the socket, but a dead peer is
        // noticed.
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("socketFactory", WatchedSockets.class.getName());
        // Each statement file is its own plan for the values at hand: one batch has 3 records, the next 1,000.
        config.addDataSourceProperty("prepareThreshold", "0");
        return config;
    }

    @Override
    public Connection getConnection() throws SQLException {
        try {
            return super.getConnection();
        } catch (SQLTransientConnectionException e) {
            throw isFull() ? exhausted() : e;
        }
    }

    /** Whether a caller who got none has others to thank for it, and not the server. */
    boolean isFull() {
        return getHikariPoolMXBean().getTotalConnections() >= getMaximumPoolSize();
    }

    /** Replaces the connections that are open: the idle ones now, the others when they are given back. */
    void renew() {
        getHikariPoolMXBean().softEvictConnections();
    }

    /** Without a cause: what the pool says of it is said here, and no server was at fault. */
    private SQLException exhausted() {
        return new SQLTransientConnectionException(
                "All %d connections of this process are in use, and none became free within %d ms. Raise postgres.max-connections, or postgres.connection-timeout if waiting longer is acceptable. waiting=%d"
                        .formatted(
                                getMaximumPoolSize(),
                                getConnectionTimeout(),
                                getHikariPoolMXBean().getThreadsAwaitingConnection()));
    }
}
