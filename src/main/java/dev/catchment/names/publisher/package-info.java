/** The publishers: one class for each format of each of them, and which of them a file is of. */
package dev.catchment.names.publisher;
