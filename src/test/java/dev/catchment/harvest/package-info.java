/** Tests of the harvest: portals of any kind. */
package dev.catchment.harvest;
