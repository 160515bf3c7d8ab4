package dev.catchment.ops;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;

/** This process, as the ledger names it: host and process id. */
public final class Node {
    private static final String NAME = host() + ":" + ProcessHandle.current().pid();

    public static String name() {
        return NAME;
    }

    /** The parameters of {@code ops/beat-runs}. */
    public Map<String, Object> parameters() {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("node", NAME);
        parameters.put("now", null);
        return parameters;
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
