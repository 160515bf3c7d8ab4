/** The commands of the names: loads, the queue of jobs, questions about names. */
package dev.catchment.cli.names;
