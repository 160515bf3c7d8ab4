/** What those who only read get from PostgreSQL: rows as they come, why there are none, and what time it is there. */
package dev.catchment.postgres.rows;
