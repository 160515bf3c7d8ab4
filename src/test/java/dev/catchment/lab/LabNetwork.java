package dev.catchment.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The network of the lab. Where this process may make namespaces, each node has one of its own and can be parted from single
 * addresses; elsewhere all are on 127.0.0.x, and only proxies part them.
 */
final class LabNetwork implements AutoCloseable {
    static final int ADDRESSES = 12;

    private final int addresses;
    private final String tag = Long.toString(ProcessHandle.current().pid() % 46_656, 36);
    private final String subnet = "10.77." + (ProcessHandle.current().pid() % 250) + ".";
    private final boolean isApart;
    private final int nodes;

    private LabNetwork(boolean isApart, int nodes, int addresses) {
        this.isApart = isApart;
        this.nodes = nodes;
        this.addresses = addresses;
    }

    /** For so many nodes at the most, with so many addresses, of which the first one is the way to the database. */
    static LabNetwork open(int nodes, int addresses) {
        LabNetwork network = new LabNetwork(true, nodes, addresses);
        if (network.make()) {
            return network;
        }
        network.close();
        return new LabNetwork(false, nodes, addresses);
    }

    private boolean make() {
        String bridge = "lab" + tag;
        boolean isMade = ip("link add " + bridge + " type bridge") && ip("link set " + bridge + " up");
        for (int i = 1; isMade && i <= addresses; i++) {
            isMade = ip("addr add " + subnet + i + "/24 dev " + bridge);
        }
        for (int node = 0; isMade && node < nodes; node++) {
            String outer = "lab" + tag + "n" + node;
            isMade = ip("netns add " + namespace(node))
                    && ip("link add " + outer + " type veth peer name eth0 netns " + namespace(node))
                    && ip("link set " + outer + " master " + bridge + " up")
                    && ip("-n " + namespace(node) + " link set lo up")
                    && ip("-n " + namespace(node) + " link set eth0 up")
                    && ip("-n " + namespace(node) + " addr add " + subnet + (100 + node) + "/24 dev eth0");
        }
        return isMade;
    }

    private String namespace(int node) {
        return "lab" + tag + "-" + node;
    }

    boolean isApart() {
        return isApart;
    }

    /** An address of this machine that all nodes reach. @param number from 1; 1 is the way to the database */
    String address(int number) {
        return (isApart ? subnet : "127.0.0.") + number;
    }

    /** What goes before a command that is to run as a node. */
    List<String> before(int node) {
        return isApart ? List.of("ip", "netns", "exec", namespace(node)) : List.of();
    }

    /** A node and an address hear nothing of each other any more; nobody is told. */
    void part(int node, int address) {
        if (isApart) {
            ip("-n " + namespace(node) + " route add blackhole " + address(address) + "/32");
        }
    }

    /** Everybody hears everybody. */
    void join(int node) {
        for (int address = 1; isApart && address <= addresses; address++) {
            ip("-n " + namespace(node) + " route del blackhole " + address(address) + "/32");
        }
    }

    private static boolean ip(String words) {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words.split(" ")));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        for (int node = 0; node < nodes; node++) {
            ip("netns del " + namespace(node));
        }
        ip("link del lab" + tag);
    }
}
