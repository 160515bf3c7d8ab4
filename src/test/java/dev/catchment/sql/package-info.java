/** The memory: every statement and every migration against a real PostgreSQL. */
package dev.catchment.sql;
