/** Commands of the room {@code webhooks}. */
package dev.catchment.cli.webhooks;
