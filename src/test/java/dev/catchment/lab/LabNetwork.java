package dev.catchment.lab;

import dev.catchment.postgres.embedded.ServerPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * The network of the lab. Where this process may make namespaces, each node has one of its own and can be parted from single
 * addresses; elsewhere all are on 127.0.0.x, and only proxies part them. {@link Leavings} ends it.
 */
final class LabNetwork {
    static final int ADDRESSES = 12;
    static final int MOST_NODES = 3;
    /** The last part of its address. */
    private static final int FIRST_NODE = 100;

    private final int addresses;
    private final String tag = Long.toString(ProcessHandle.current().pid() % 46_656, 36);
    private final String subnet = "10.77." + (ProcessHandle.current().pid() % 250) + ".";
    private final boolean isApart;
    /** Where nodes listen that are not apart. */
    private final List<Integer> ports = new ArrayList<>();

    private LabNetwork(boolean isApart, int addresses) {
        this.isApart = isApart;
        this.addresses = addresses;
        for (int node = 0; node < MOST_NODES; node++) {
            ports.add(ServerPort.free());
        }
    }

    /**
     * For three nodes at the most.
     *
     * @param addresses of which the first one is the way to the database
     * @param leavings where it is written down
     */
    static LabNetwork open(int addresses, Leavings leavings) {
        LabNetwork network = new LabNetwork(true, addresses);
        leavings.network(network.tag);
        if (network.make() && network.reachesUs(0)) {
            return network;
        }
        remove(network.tag);
        return new LabNetwork(false, addresses);
    }

    private boolean make() {
        String bridge = "lab" + tag;
        boolean isMade = ip("link add " + bridge + " type bridge") && ip("link set " + bridge + " up");
        for (int i = 1; isMade && i <= addresses; i++) {
            isMade = ip("addr add " + subnet + i + "/24 dev " + bridge);
        }
        for (int node = 0; isMade && node < MOST_NODES; node++) {
            String outer = "lab" + tag + "n" + node;
            isMade = ip("netns add " + namespace(node))
                    && ip("link add " + outer + " type veth peer name eth0 netns " + namespace(node))
                    && ip("link set " + outer + " master " + bridge + " up")
                    && ip("-n " + namespace(node) + " link set lo up")
                    && ip("-n " + namespace(node) + " link set eth0 up")
                    && ip("-n " + namespace(node) + " addr add " + subnet + (FIRST_NODE + node) + "/24 dev eth0");
        }
        return isMade;
    }

    /** Whether a process can be run as a node and finds the way here: where namespaces can be made, that may yet be forbidden. */
    private boolean reachesUs(int node) {
        try (ServerSocket here = new ServerSocket(0, 1, InetAddress.getByName(address(1)))) {
            List<String> command = new ArrayList<>(before(node));
            String connect = "exec 3<>/dev/tcp/%s/%d".formatted(address(1), here.getLocalPort());
            command.addAll(List.of("timeout", "10", "bash", "-c", connect));
            return isDone(command);
        } catch (IOException closed) {
            return false;
        }
    }

    private String namespace(int node) {
        return namespace(tag, node);
    }

    private static String namespace(String tag, int node) {
        return "lab" + tag + "-" + node;
    }

    boolean isApart() {
        return isApart;
    }

    /** An address of this machine that all nodes reach. @param number from 1; 1 is the way to the database */
    String address(int number) {
        return (isApart ? subnet : "127.0.0.") + number;
    }

    /** Where a node listens: {@code host:port}. */
    String nodeAddress(int node) {
        return isApart ? subnet + (FIRST_NODE + node) + ":8080" : "127.0.0.1:" + ports.get(node);
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
        return isDone(command);
    }

    /** Whether there is such a program, and it ends with 0. */
    static boolean isDone(List<String> command) {
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

    /** Removes a network, or what there is of it. */
    static void remove(String tag) {
        for (int node = 0; node < MOST_NODES; node++) {
            ip("link del lab" + tag + "n" + node); // with a namespace alone it goes when the kernel comes to it
            ip("netns del " + namespace(tag, node));
        }
        ip("link del lab" + tag);
    }
}
