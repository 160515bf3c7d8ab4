/** What every command stands on: settings, log, database, routes, signals, exit codes. */
package dev.catchment.cli.session;
