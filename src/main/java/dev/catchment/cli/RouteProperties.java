package dev.catchment.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * What the routes read: every setting, a duration also as {@code <key>.milliseconds}, a size as {@code <key>.bytes},
 * the throttle in whole requests a period, as Camel wants it, and who asks for pages.
 */
final class RouteProperties {
    private RouteProperties() {}

    static Properties of(Settings settings) {
        Properties properties = new Properties();
        for (Setting setting : Settings.declared()) {
            String key = setting.key();
            properties.setProperty(key, settings.get(key));
            switch (setting.rule().kind()) {
                case "duration" ->
                    set(
                            properties,
                            key + ".milliseconds",
                            settings.duration(key).toMillis());
                case "size" -> set(properties, key + ".bytes", SettingRule.bytes(settings.get(key)));
                default -> {}
            }
        }
        setFolders(properties, settings);
        setThrottle(properties, settings);
        setPolicy(properties, settings);
        // A worker that missed four heartbeats is dead.
        set(properties, "ops.heartbeat.period", settings.duration("ops.lease").toMillis() / 5);
        return properties;
    }

    private static void setPolicy(Properties properties, Settings settings) {
        boolean links = !settings.get("policy.links.url").isBlank();
        properties.setProperty("policy.links.served", String.valueOf(links));
        String contact = settings.get("policy.http.contact");
        String said = contact.isEmpty() ? "" : " (+" + contact + ")";
        properties.setProperty("policy.http.user-agent", settings.get("http.user-agent") + said);
    }

    private static void setThrottle(Properties properties, Settings settings) {
        double rate = Double.parseDouble(settings.get("http.requests-per-second"));
        // Slow rates as one request in a longer period, fast ones as many in a second: both are whole numbers.
        set(properties, "http.throttle.requests", rate <= 20 ? 1 : Math.round(rate));
        set(properties, "http.throttle.period", rate <= 20 ? Math.round(1000 / rate) : 1000);
    }

    /** Relative to the folder of all local state, so that DATA_DIR moves them too. */
    private static void setFolders(Properties properties, Settings settings) {
        for (String key : List.of("registry.inbox", "names.inbox", "names.store")) {
            Path folder = settings.path("data.dir").resolve(settings.get(key));
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new IllegalArgumentException("%s should be a folder, and %s is none.".formatted(key, folder));
            }
            properties.setProperty(key + ".path", folder.toString());
        }
    }

    private static void set(Properties properties, String key, long value) {
        properties.setProperty(key, String.valueOf(value));
    }
}
