/** The HTTP server of Camel, with the bounds that it does not set itself. */
package dev.catchment.web.server;
