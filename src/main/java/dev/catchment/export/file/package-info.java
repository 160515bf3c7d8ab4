/** The forms that rows take in a file: NDJSON, CSV, Parquet, and catalogues of DCAT. */
package dev.catchment.export.file;
