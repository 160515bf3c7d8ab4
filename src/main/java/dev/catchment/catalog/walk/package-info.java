/** The walk through the pages of the Discovery API: which page comes next, and its records as the bytes that came. */
package dev.catchment.catalog.walk;
