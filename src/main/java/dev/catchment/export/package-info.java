/** The catalogue taken away whole: files of one moment, with a manifest, in a folder that is there whole or not at all. */
package dev.catchment.export;
