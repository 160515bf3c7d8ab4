package dev.catchment.flow.standin;

/** A request that is answered with an error of the service: {@code {"error": "<message>"}}. */
public final class RefusedRequest extends RuntimeException {

    private final int status;

    public RefusedRequest(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
