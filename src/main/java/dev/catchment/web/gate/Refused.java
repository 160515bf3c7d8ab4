package dev.catchment.web.gate;

/** A request that is not answered as it was meant; says why, and what to do. The message is for whoever asked. */
public final class Refused extends RuntimeException {
    private final int status;
    private final String title;

    public Refused(int status, String title, String detail) {
        super(detail);
        this.status = status;
        this.title = title;
    }

    public static Refused badRequest(String detail) {
        return new Refused(400, "Bad request", detail);
    }

    public static Refused notFound(String detail) {
        return new Refused(404, "Not found", detail);
    }

    static Refused unauthorized() {
        return new Refused(
                401,
                "Login needed",
                "Send a key that holds as 'Authorization: Bearer <key>', or log in at /login. 'catchment keys create' makes keys.");
    }

    static Refused forbidden(String detail) {
        return new Refused(403, "Not allowed", detail);
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
