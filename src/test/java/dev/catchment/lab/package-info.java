/**
 * The fault lab: rounds in which faults that are drawn from a seed meet real nodes, and an oracle that knows the true state of
 * the sources checks what the nodes made of it. See docs/lab.md.
 */
package dev.catchment.lab;
