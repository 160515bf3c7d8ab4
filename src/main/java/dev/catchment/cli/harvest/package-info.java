/** The commands of the harvest. */
package dev.catchment.cli.harvest;
