/** Files of sources: read row by row, checked, and made rows of {@code harvest.sources}. */
package dev.catchment.harvest.source;
