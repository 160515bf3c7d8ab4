/** The command line: one class a command. It starts things, and nobody calls it. */
package dev.catchment.cli;
