/** Fingerprints of records, blind to what a declaration says is no content. */
package dev.catchment.flow.hash;
