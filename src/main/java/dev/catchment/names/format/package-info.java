/** How tables of names are laid out, whoever publishes them, and how figures are read from their rows. */
package dev.catchment.names.format;
