/** Files of sources, in YAML or CSV: read, checked, every problem with its line. */
package dev.catchment.policy.source;
