/** Who asks, and whether they may. */
package dev.catchment.web.gate;
