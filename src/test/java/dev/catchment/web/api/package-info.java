/** Tests of {@code dev.catchment.web.api}. */
package dev.catchment.web.api;
