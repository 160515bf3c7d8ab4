package dev.catchment.policy.source;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A source as a file of sources says it.
 *
 * @param number from 1 on
 * @param line on which it begins
 */
record SourceEntry(int number, int line, ObjectNode fields) {}
