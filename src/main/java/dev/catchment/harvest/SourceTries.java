package dev.catchment.harvest;

import dev.catchment.flow.kind.Kinds;

/** Begins trials of URLs. */
public record SourceTries(Kinds kinds, HarvestWalks walks) {
    public SourceTry begin(SourceTry.Order order) {
        return new SourceTry(kinds, walks, order);
    }
}
