package dev.catchment.ops;

/** It takes its share of the work: a node that drains is replaced. */
public final class NodeCheck extends Check {
    private final ServiceNode node;

    public NodeCheck(ServiceNode node) {
        super("node");
        this.node = node;
    }

    @Override
    String trouble() {
        return node.draining() == null ? null : "This node drains, and begins nothing new. " + node.draining();
    }
}
