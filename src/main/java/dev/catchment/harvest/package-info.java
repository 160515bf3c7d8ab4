/**
 * Portals of any kind: sources are rows, kinds are declared in {@code kinds/}. What is here turns a row into a walk, judges
 * its records, and says what the walk proved.
 */
package dev.catchment.harvest;
