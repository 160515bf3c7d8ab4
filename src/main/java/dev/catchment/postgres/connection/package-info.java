/** Where a database is and how one statement of ours is put to it; knows no pool and no server of ours. */
package dev.catchment.postgres.connection;
