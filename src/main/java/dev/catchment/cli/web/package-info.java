/** The commands of the room {@code web}. */
package dev.catchment.cli.web;
