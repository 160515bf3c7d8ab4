/** The PostgreSQL we bring along: unpacked, initialised, started, shared between processes and stopped. */
package dev.catchment.postgres.embedded;
