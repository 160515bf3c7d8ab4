/** The agency that publishes an asset: found in one of several fields, named, typed. */
package dev.catchment.catalog.agency;
