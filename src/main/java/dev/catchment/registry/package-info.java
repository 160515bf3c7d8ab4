/** The registry: index files of any size, streamed into sources and assets. */
package dev.catchment.registry;
