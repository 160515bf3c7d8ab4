/** Tests of the watcher of official pages, on hand-made and on recorded ones. */
package dev.catchment.policy;
