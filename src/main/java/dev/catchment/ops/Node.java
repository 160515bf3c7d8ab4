package dev.catchment.ops;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.camel.util.StringHelper;

/** This process, as the ledger names it: host and process id. */
public final class Node {
    /** Of a host name: it stands in the names of workers, which have 100 characters. */
    private static final int MOST = 70;

    private static final String NAME = host() + ":" + ProcessHandle.current().pid();

    public static String name() {
        return NAME;
    }

    /** Of the program, without what says that it is not released. */
    public static String version() {
        String version = Node.class.getPackage().getImplementationVersion();
        return version == null ? "in development" : StringHelper.before(version, "-SNAPSHOT", version);
    }

    private static String host() {
        try {
            String name = InetAddress.getLocalHost().getHostName();
            return name.length() > MOST ? name.substring(0, MOST) : name;
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
