package dev.catchment.names.file;

import java.io.Closeable;
import java.io.IOException;

/** Goes through the rows of one sheet, once. */
interface SheetCursor extends Closeable {
    /** @return the next row that has a text; null at the end */
    Row next() throws IOException;
}
