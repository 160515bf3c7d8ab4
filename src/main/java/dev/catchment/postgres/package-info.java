/** PostgreSQL: the embedded server, the connection, the schema, locks and statement files. JDBC lives here alone. */
package dev.catchment.postgres;
