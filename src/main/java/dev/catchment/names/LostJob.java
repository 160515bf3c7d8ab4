package dev.catchment.names;

/** A job that was taken for dead and given to another worker: this one ends without a word about the file. */
final class LostJob extends RuntimeException {
    LostJob(String message) {
        super(message);
    }
}
