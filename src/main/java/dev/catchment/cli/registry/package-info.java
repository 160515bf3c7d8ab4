/** The commands of the registry. */
package dev.catchment.cli.registry;
