package dev.catchment.registry.file;

import dev.catchment.errors.PermanentFailure;

/** A file that breaks off or turns into something else; what came before the break is kept. */
public final class BrokenFile extends PermanentFailure {
    BrokenFile(String what, long line, long column, long offset) {
        super(
                "%s at line %d, column %d, byte %d. What came before it is kept; seed the corrected file again to complete it."
                        .formatted(what, line, column, offset));
    }
}
