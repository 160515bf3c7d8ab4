/** What those who only read get from PostgreSQL: rows as they come, and why there are none. */
package dev.catchment.postgres.rows;
