/** What a command shows: progress, summaries, tables, JSON lines, the log. */
package dev.catchment.cli.output;
