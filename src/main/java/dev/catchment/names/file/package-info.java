/** Files as rows of cells: delimited texts, zips of them, and workbooks old and new. */
package dev.catchment.names.file;
