/**
 * The room {@code catalog}: every open-data portal, agency and dataset the Socrata Discovery API knows, kept current.
 *
 * <p>{@link dev.catchment.catalog.asset.AssetNormaliser} is the way in: one result object as bytes, one
 * {@link dev.catchment.catalog.asset.Asset} or one {@link dev.catchment.flow.BadRecord} out.
 */
package dev.catchment.catalog;
