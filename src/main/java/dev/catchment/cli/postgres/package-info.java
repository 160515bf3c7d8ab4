/** The commands about the database itself. */
package dev.catchment.cli.postgres;
