/** Catchment keeps a PostgreSQL database of public data up to date. */
package dev.catchment;
