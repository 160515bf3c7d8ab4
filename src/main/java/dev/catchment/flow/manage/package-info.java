/** Rooms over JMX. */
package dev.catchment.flow.manage;
