package dev.catchment.settings;

import dev.catchment.postgres.PoolSettings;
import dev.catchment.text.Suggestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The value of every setting: its default, overridden by the operator's application.properties, by the environment and
 * by what a command sets, in this order.
 */
public final class Settings {
    private static final String FILE = "application.properties";

    /** Read once: a start asks for it half a dozen times. */
    private static final List<Setting> DECLARED = readDeclared();
    /** As in HTTP_PROXY or POSTGRES_PASSWORD. */
    private static final Set<String> SHARED = Set.of("DATA", "LOG", "HTTP", "NODE", "POSTGRES");

    private final Path home;
    private final Map<String, String> values;

    private Settings(Path home, Map<String, String> values) {
        this.home = home;
        this.values = values;
    }

    /** A setting that cannot be used; the message names the key, the value and what is allowed. */
    public static final class WrongSetting extends RuntimeException {
        public WrongSetting(String message) {
            super(message);
        }
    }

    /**
     * @param home folder of the operator's application.properties, which need not exist, and of relative paths
     * @throws WrongSetting for an unknown key or a value that is not allowed
     */
    public static Settings load(Path home, Map<String, String> environment) {
        Map<String, Setting> declared =
                declared().stream().collect(Collectors.toMap(Setting::key, s -> s, (a, b) -> a, LinkedHashMap::new));
        Properties file = read(home.resolve(FILE));
        refuseUnknown(file, declared);
        Map<String, String> values = new LinkedHashMap<>();
        for (Setting setting : declared.values()) {
            String value =
                    file.getProperty(setting.key(), setting.defaultValue()).strip();
            boolean overridden = environment.containsKey(setting.variable());
            value = overridden ? environment.get(setting.variable()).strip() : value;
            values.put(setting.key(), checked(setting, value, overridden ? setting.variable() : setting.key()));
        }
        return new Settings(home, values);
    }

    private static void refuseUnknown(Properties file, Map<String, Setting> declared) {
        for (String key : file.stringPropertyNames()) {
            if (!declared.containsKey(key)) {
                throw new WrongSetting("%s: there is no setting %s. Did you mean %s? docs/settings.md lists them all."
                        .formatted(FILE, key, Suggestion.to(key, declared.keySet())));
            }
        }
    }

    /**
     * What was probably meant to be a setting: variables that begin as ours do, each with the nearest one. Of words that
     * other programs use too only those that are near.
     */
    public static Map<String, String> unknown(Map<String, String> environment) {
        List<String> known = declared().stream().map(Setting::variable).toList();
        Set<String> words = known.stream().map(Settings::firstWord).collect(Collectors.toSet());
        Map<String, String> unknown = new TreeMap<>();
        for (String variable : environment.keySet()) {
            String nearest = Suggestion.to(variable, known);
            String word = firstWord(variable);
            boolean ours = words.contains(word) && (!SHARED.contains(word) || Suggestion.isNear(variable, nearest));
            if (ours && !known.contains(variable)) {
                unknown.put(variable, nearest);
            }
        }
        return unknown;
    }

    private static String firstWord(String variable) {
        return variable.split("_", 2)[0];
    }

    /** Every setting in the order of application.properties. */
    public static List<Setting> declared() {
        return DECLARED;
    }

    private static List<Setting> readDeclared() {
        try (InputStream in = Settings.class.getResourceAsStream("/" + FILE)) {
            return Setting.declared(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String checked(Setting setting, String value, String source) {
        try {
            setting.rule().check(value);
            return value;
        } catch (IllegalArgumentException e) {
            throw new WrongSetting("%s=%s is not allowed. Allowed: %s. Meaning: %s"
                    .formatted(source, value, setting.rule(), setting.description()));
        }
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw new WrongSetting("%s cannot be read: %s".formatted(file, e.getMessage()));
            }
        }
        return properties;
    }

    /** The same settings with some set anew; values are checked like any other. */
    public Settings with(Map<String, String> changes) {
        Map<String, String> changed = new LinkedHashMap<>(values);
        declared().stream()
                .filter(setting -> changes.containsKey(setting.key()))
                .forEach(s -> changed.put(s.key(), checked(s, changes.get(s.key()), s.key())));
        return new Settings(home, changed);
    }

    public String get(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("no such setting: " + key);
        }
        return value;
    }

    public int integer(String key) {
        return Integer.parseInt(get(key));
    }

    public Duration duration(String key) {
        return SettingRule.duration(get(key));
    }

    /** A path; a relative one starts at the home folder. */
    public Path path(String key) {
        return home.resolve(get(key)).normalize();
    }

    public boolean isOpen(Setting port) {
        String key = port.rule().openedWith();
        String opener = get(key == null ? port.key() : key);
        return !opener.isBlank() && !opener.equals("false") && !opener.equals("off");
    }

    /** Of the connections. @throws WrongSetting if they do not fit each other */
    public PoolSettings pool() {
        return new ConnectionSettings(this).pool();
    }

    public Properties forRoutes() {
        return RouteProperties.of(this);
    }
}
