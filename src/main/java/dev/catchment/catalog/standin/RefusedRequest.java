package dev.catchment.catalog.standin;

/** A request that is answered with an error of the catalogue service: {@code {"error": "<message>"}}. */
final class RefusedRequest extends RuntimeException {

    private final int status;

    RefusedRequest(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }
}
