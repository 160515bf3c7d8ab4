/** Tests of {@code dev.catchment.web.gate}. */
package dev.catchment.web.gate;
