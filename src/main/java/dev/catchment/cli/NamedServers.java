package dev.catchment.cli;

import dev.catchment.cli.session.Session;
import dev.catchment.postgres.Database;
import dev.catchment.postgres.connection.DatabaseUrl;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The servers that {@code DATABASE_URL} and {@code DATABASE_READ_URL} name, each asked by itself.
 *
 * @param primaries that take writes, each once, whatever names it has: host, system and timeline
 * @param away hosts that cannot be asked
 */
record NamedServers(List<String> primaries, List<String> away) {

    /** Empty if there are not several. */
    static Optional<NamedServers> of(Session session) {
        List<DatabaseUrl> named = named(session);
        if (named.size() < 2) {
            return Optional.empty();
        }
        Map<String, String> primaries = new LinkedHashMap<>();
        List<String> away = new ArrayList<>();
        for (DatabaseUrl url : named) {
            try (Database database =
                    Database.unchecked(url.connectionUrl(), session.settings().pool())) {
                Map<String, Object> server =
                        database.rows("ops/find-server", Map.of()).get(0);
                if (Boolean.TRUE.equals(server.get("is_primary"))) {
                    String which = "system %s, timeline %s".formatted(server.get("system"), server.get("timeline"));
                    primaries.putIfAbsent(which, "%s (%s)".formatted(url.hosts(), which));
                }
            } catch (Database.Unusable e) {
                away.add(url.hosts());
            }
        }
        return Optional.of(new NamedServers(List.copyOf(primaries.values()), away));
    }

    private static List<DatabaseUrl> named(Session session) {
        try {
            return Stream.of("DATABASE_URL", "DATABASE_READ_URL")
                    .filter(variable ->
                            !session.environment().getOrDefault(variable, "").isBlank())
                    .flatMap(variable ->
                            DatabaseUrl.parse(variable, session.environment().get(variable)).each().stream())
                    .toList();
        } catch (IllegalArgumentException wrong) {
            return List.of(); // as the check of the database says
        }
    }
}
