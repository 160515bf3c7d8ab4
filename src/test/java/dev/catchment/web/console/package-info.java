/** The console as people meet it. */
package dev.catchment.web.console;
