/** Recognises a published file and reads it entry by entry, in a process of its own. */
package dev.catchment.names.reading;
