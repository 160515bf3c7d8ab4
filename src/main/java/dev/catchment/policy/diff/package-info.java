/** Two texts compared: the unified diff between them, and how much alike they are. */
package dev.catchment.policy.diff;
