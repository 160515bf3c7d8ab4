package dev.catchment.settings;

import dev.catchment.settings.Settings.WrongSetting;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;

/**
 * What the routes read: every setting, a duration also as {@code <key>.milliseconds}, a size as {@code <key>.bytes}, a
 * path as {@code <key>.path} from the root, whether there is a port or a cron as {@code <key>.open}, the throttle in whole requests a
 * period, as Camel wants it, and as a gap in milliseconds, and how often a heartbeat is sent.
 */
final class RouteProperties {
    private RouteProperties() {}

    static Properties of(Settings settings) {
        Properties properties = new Properties();
        for (Setting setting : Settings.declared()) {
            String key = setting.key();
            properties.setProperty(key, settings.get(key));
            switch (setting.rule().kind()) {
                case "duration" -> properties.setProperty(key + ".milliseconds", milliseconds(settings, key));
                case "size" -> set(properties, key + ".bytes", SettingRule.bytes(settings.get(key)));
                case "path" -> properties.setProperty(key + ".path", path(settings, setting));
                case "cron" -> setCron(properties, key, settings.get(key));
                case "port" -> properties.setProperty(key + ".open", String.valueOf(settings.isOpen(setting)));
                default -> {}
            }
        }
        setPace(properties, settings);
        // A worker that missed four heartbeats is dead.
        set(properties, "ops.heartbeat.period", settings.duration("ops.lease").toMillis() / 5);
        setKafka(properties, settings);
        return properties;
    }

    /** A request is tried again within the time that all attempts have; two pages fit into what is kept for the brokers. */
    private static void setKafka(Properties properties, Settings settings) {
        boolean isWanted = settings.get("flow.transport").equals("kafka")
                || !settings.get("changes.kafka.topic").isBlank();
        if (isWanted && settings.get("kafka.brokers").isBlank()) {
            throw new WrongSetting(
                    "kafka.brokers is empty, and flow.transport=kafka and changes.kafka.topic need it: host:port of brokers, with commas between.");
        }
        if (!settings.get("kafka.properties").isBlank()) {
            requireSecurityOnly(settings.path("kafka.properties"));
        }
        long all = settings.duration("kafka.send-timeout").toMillis();
        set(properties, "kafka.request-timeout.milliseconds", Math.min(10_000, all / 2));
        long page = SettingRule.bytes(settings.get("kafka.pages.max-size"));
        set(properties, "kafka.pages.buffer.bytes", Math.max(32 << 20, 2 * page));
    }

    /** What is a setting here is not to be set there, too. Values are not told: there are passwords among them. */
    private static void requireSecurityOnly(Path file) {
        Properties read = new Properties();
        try (Reader text = Files.newBufferedReader(file)) {
            read.load(text);
        } catch (IOException | IllegalArgumentException e) {
            throw new WrongSetting("kafka.properties: %s cannot be read: %s."
                    .formatted(file, e instanceof NoSuchFileException ? "there is no such file" : e.getMessage()));
        }
        read.stringPropertyNames().stream()
                .filter(key -> !key.matches("(security|sasl|ssl)[.].+"))
                .sorted()
                .findFirst()
                .ifPresent(key -> {
                    throw new WrongSetting(
                            "kafka.properties: %s sets %s. It is for security.*, sasl.* and ssl.* alone; the addresses of the brokers are in kafka.brokers."
                                    .formatted(file, key));
                });
    }

    /** Quartz reads the cron of a route that is not started too: then one that it will not live to see. */
    private static void setCron(Properties properties, String key, String cron) {
        properties.setProperty(key + ".open", String.valueOf(!cron.isBlank()));
        if (cron.isBlank()) {
            properties.setProperty(key, "0 0 0 1 1 ? 2099");
        }
    }

    /** Blank if it may be empty and is. */
    private static String milliseconds(Settings settings, String key) {
        return settings.get(key).isBlank()
                ? ""
                : String.valueOf(settings.duration(key).toMillis());
    }

    /** Of this process, and between two requests of all processes: never more than so many, so rounded up. */
    private static void setPace(Properties properties, Settings settings) {
        double rate = Double.parseDouble(settings.get("http.requests-per-second"));
        // Slow rates as one request in a longer period, fast ones as many in a second: both are whole numbers.
        set(properties, "http.throttle.requests", rate <= 20 ? 1 : Math.round(rate));
        set(properties, "http.throttle.period", rate <= 20 ? Math.round(1000 / rate) : 1000);
        set(properties, "http.gap", (long) Math.ceil(1000 / rate));
    }

    /** Blank if there is none; a folder relative to that of all local state, so that DATA_DIR moves it too. */
    private static String path(Settings settings, Setting setting) {
        String value = settings.get(setting.key());
        if (value.isBlank()) {
            return "";
        }
        if (!setting.rule().isInDataFolder()) {
            return settings.path(setting.key()).toString();
        }
        Path folder = settings.path("data.dir").resolve(value);
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new WrongSetting("%s should be a folder, but %s is not.".formatted(setting.key(), folder));
        }
        return folder.toString();
    }

    private static void set(Properties properties, String key, long value) {
        properties.setProperty(key, String.valueOf(value));
    }
}
