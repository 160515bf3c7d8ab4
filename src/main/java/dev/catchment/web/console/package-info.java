/** Pages for people, rendered here. */
package dev.catchment.web.console;
