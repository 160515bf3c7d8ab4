package dev.catchment.web.gate;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

/**
 * Who may come in. Reads need no login while the server listens on a loopback address only, the request names a loopback
 * host (or a page of another site could have a browser ask), and no proxy says that it handed the request on; what acts always
 * needs one.
 */
public final class Gate {
    private static final Set<String> OF_PROXIES = Set.of(
            "forwarded",
            "via",
            "x-real-ip",
            "x-client-ip",
            "x-cluster-client-ip",
            "x-original-host",
            "x-original-url",
            "x-envoy-external-address",
            "cf-connecting-ip",
            "fastly-client-ip",
            "true-client-ip");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    /** A page of another site cannot set it, and a browser sends it with every fetch of ours. */
    private static final String TOKEN = "X-CSRF-Token";

    private final boolean isOpen;

    /**
     * @param host the address the server listens on
     * @param login {@code remote}, or {@code always}
     */
    public Gate(String host, String login) {
        this.isOpen = login.equals("remote") && isLoopback(host);
    }

    static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Whether it comes from this machine, as far as can be told. */
    boolean isLocal(WebRequest request) {
        String host = request.host();
        return isOpen
                && host != null
                && LOOPBACK.contains(host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT))
                && request.headerNames().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .noneMatch(name -> OF_PROXIES.contains(name) || name.startsWith("x-forwarded"));
    }

    /** Whether a name or a key was given, so that one has to look whose. */
    public boolean hasLogin(WebRequest request) {
        return Sessions.token(request) != null;
    }

    /**
     * Who may read.
     *
     * @param caller null if nobody logged in
     * @throws Refused if a login is needed
     */
    public Caller reader(WebRequest request, Caller caller) {
        if (caller != null) {
            return caller;
        }
        // A key that is given has to hold: who thinks he is logged in is not told what others see.
        if (request.header("Authorization") == null && isLocal(request)) {
            return Caller.LOCAL;
        }
        throw Refused.unauthorized();
    }

    /**
     * Who may read what is not public.
     *
     * @param caller null if nobody logged in
     * @throws Refused if a login is needed, or if it is that of a viewer
     */
    public Caller admin(Caller caller) {
        if (caller == null) {
            throw Refused.unauthorized();
        }
        if (!caller.isAdmin()) {
            throw Refused.forbidden("Viewers read what is public; this needs the login or key of an admin.");
        }
        return caller;
    }

    /**
     * Who may act.
     *
     * @param caller null if nobody logged in
     * @throws Refused if a login is needed, if it is that of a viewer, or if another site may have sent the form
     */
    public Caller actor(WebRequest request, Caller caller) {
        if (caller == null) {
            throw Refused.unauthorized();
        }
        if (caller.session() != null) {
            requireOurForm(request, caller.session());
        }
        if (!caller.isAdmin()) {
            throw Refused.forbidden("Viewers read; this needs the login or key of an admin.");
        }
        return caller;
    }

    /** What would be begun here would be handed over at once. @throws Refused always */
    public void refuseWhileDraining() {
        throw new Refused(503, "This node drains", "This node drains and begins nothing new; ask another one.");
    }

    /** @throws Refused if another site may have sent it */
    public void requireOurForm(WebRequest request, String session) {
        requireOurOrigin(request);
        String token = request.header(TOKEN) == null ? request.form().get("csrf") : request.header(TOKEN);
        if (!Tokens.areSame(token, Tokens.ofForms(session))) {
            throw Refused.forbidden("The form is not of this login. Load the page again, and send it once more.");
        }
    }

    /** @throws Refused if the browser says that another site sent it */
    public void requireOurOrigin(WebRequest request) {
        String origin = request.header("Origin");
        String host = request.host();
        if (origin != null && !origin.equals("null") && !sameHost(origin, host)) {
            throw Refused.forbidden("A page of another site sent this: %s.".formatted(origin));
        }
        String site = request.header("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw Refused.forbidden("A page of another site sent this.");
        }
    }

    private static boolean sameHost(String origin, String host) {
        try {
            return URI.create(origin).getAuthority().equals(host);
        } catch (IllegalArgumentException | NullPointerException e) {
            return false;
        }
    }
}
