/** An index file of any size and shape, cut into its records as they pass. */
package dev.catchment.registry.file;
