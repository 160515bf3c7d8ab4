/** The command of the exports. */
package dev.catchment.cli.export;
