/** What files say: a figure of a name, a year and a gender, and the publication it stands in. */
package dev.catchment.names.figure;
