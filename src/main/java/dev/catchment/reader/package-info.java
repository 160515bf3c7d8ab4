/** What strangers wrote is read in processes of their own, which may run out of memory or time and harm nobody. */
package dev.catchment.reader;
