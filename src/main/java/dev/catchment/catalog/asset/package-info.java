/** One asset of the catalogue: read from its record, normalised, hashed by its content. */
package dev.catchment.catalog.asset;
