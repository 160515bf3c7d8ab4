/** The commands of the catalogue. */
package dev.catchment.cli.catalog;
