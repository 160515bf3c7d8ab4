/** Readers, asked what they cannot answer. */
package dev.catchment.reader;
