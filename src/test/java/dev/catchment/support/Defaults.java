package dev.catchment.support;

import dev.catchment.settings.Settings;
import java.nio.file.Path;
import java.util.Map;

/** The settings as they are declared, but for the port of the console, of which a machine has only one. */
public final class Defaults {
    private Defaults() {}

    public static Settings settings() {
        return Settings.load(Path.of("target", "nowhere"), Map.of()).with(Map.of("web.port", "off"));
    }
}
