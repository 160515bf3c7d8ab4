package dev.catchment.postgres;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** The connections over JMX: the pool's own MBean would also let them be set, the password too. */
public final class PostgresManagement implements PostgresMXBean {
    static final String NAME = "dev.catchment:type=Postgres";

    private final Pool pool;

    public PostgresManagement(Database database) {
        this.pool = database.pool();
    }

    /** Shows it to JMX; the last one made in this process is the one that is shown. */
    public void register() throws JMException {
        unregister();
        ManagementFactory.getPlatformMBeanServer().registerMBean(this, new ObjectName(NAME));
    }

    public void unregister() throws JMException {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName name = new ObjectName(NAME);
        if (server.isRegistered(name)) {
            server.unregisterMBean(name);
        }
    }

    @Override
    public int getOpen() {
        return pool.getHikariPoolMXBean().getTotalConnections();
    }

    @Override
    public int getInUse() {
        return pool.getHikariPoolMXBean().getActiveConnections();
    }

    @Override
    public int getIdle() {
        return pool.getHikariPoolMXBean().getIdleConnections();
    }

    @Override
    public int getWaiting() {
        return pool.getHikariPoolMXBean().getThreadsAwaitingConnection();
    }

    @Override
    public int getMaxConnections() {
        return pool.getMaximumPoolSize();
    }

    @Override
    public long getConnectionTimeoutMilliseconds() {
        return pool.getConnectionTimeout();
    }

    @Override
    public long getIdleTimeoutMilliseconds() {
        return pool.getIdleTimeout();
    }

    @Override
    public long getMaxLifetimeMilliseconds() {
        return pool.getMaxLifetime();
    }

    @Override
    public long getKeepaliveMilliseconds() {
        return pool.getKeepaliveTime();
    }

    @Override
    public String recycle() {
        int open = getOpen();
        pool.renew();
        return "%d connections are closed, those in use when they are given back; new ones are opened when needed."
                .formatted(open);
    }
}
