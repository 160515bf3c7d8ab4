/** The command that serves the Model Context Protocol. */
package dev.catchment.cli.mcp;
