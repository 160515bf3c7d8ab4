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
        if (node.draining() != null) {
            return "This node drains, and begins nothing new. " + node.draining();
        }
        return node.isCutOff()
                ? "This node reaches no source, and begins nothing new until its network is back."
                : null;
    }
}
