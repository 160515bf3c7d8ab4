package dev.catchment.web.gate;

import java.util.Map;

/**
 * Who asks.
 *
 * @param name of a key or a person; null for somebody at this machine, who has not logged in
 * @param isAdmin whether he may act
 * @param session the token of his login; null for a key
 */
public record Caller(String name, boolean isAdmin, String session) {
    static final Caller LOCAL = new Caller(null, false, null);

    static Caller of(Map<String, Object> row, String session) {
        return new Caller((String) row.get("name"), "admin".equals(row.get("role")), session);
    }

    public boolean isLoggedIn() {
        return name != null;
    }
}
