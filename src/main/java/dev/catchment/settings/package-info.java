/** Every setting once: declared with its rule, read from file and environment, handed to the routes. */
package dev.catchment.settings;
