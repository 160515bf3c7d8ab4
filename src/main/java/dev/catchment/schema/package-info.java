/** Files that people write: read with their lines, and held to a JSON Schema that editors read too. */
package dev.catchment.schema;
