/** The commands that show and check the kinds of sources. */
package dev.catchment.cli.kinds;
