package dev.catchment.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One setting as application.properties declares it: comment lines, the last of which ends with its rule in brackets,
 * then {@code key=default}.
 */
public record Setting(String key, String defaultValue, String description, SettingRule rule) {
    private static final Pattern COMMENT = Pattern.compile("#\\s*(.*?)\\s*\\[([^\\[\\]]+)]\\s*");

    /** The environment variable that overrides it. */
    public String variable() {
        return key.toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_");
    }

    /** Reads the declarations; the file is ours, so a flaw in it is a fault of the build. */
    static List<Setting> declared(List<String> lines) {
        List<Setting> settings = new ArrayList<>();
        Matcher comment = null;
        for (String line : lines) {
            if (line.startsWith("#")) {
                Matcher matcher = COMMENT.matcher(line);
                comment = matcher.matches() ? matcher : null;
            } else if (!line.isBlank()) {
                settings.add(declared(line, comment));
                comment = null;
            }
        }
        return settings;
    }

    private static Setting declared(String line, Matcher comment) {
        int equals = line.indexOf('=');
        if (comment == null || equals < 1) {
            throw new IllegalStateException("application.properties: no comment with a [rule] above: " + line);
        }
        String key = line.substring(0, equals).strip();
        String value = line.substring(equals + 1).strip();
        return new Setting(key, value, comment.group(1), new SettingRule(comment.group(2)));
    }
}
