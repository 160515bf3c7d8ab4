package dev.catchment.settings;

import dev.catchment.text.Cron;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What values a setting may have, in the words of application.properties: {@code integer 1..10}, {@code number 0.1..5},
 * {@code duration 1s..1h}, {@code size 1kB..1GB}, {@code percent}, {@code one of a|b}, {@code url}, {@code cron},
 * {@code time zone}, {@code path}, {@code text}; each but the numbers also {@code or empty}. A {@code path in data.dir} is
 * a folder there. {@code connections 1..8} is an integer, and each of so many holds a connection. {@code port with <key>} is opened if that setting is neither empty nor false, {@code port or off}
 * unless it is off; of {@code port of the service} a command that does one thing and ends knows nothing.
 */
public record SettingRule(String words) {
    private static final String OR_OFF = " or off";

    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(B|kB|MB|GB)");

    /** The first of its words. */
    public String kind() {
        return words.split(" ", 2)[0];
    }

    boolean isInDataFolder() {
        return words.equals("path in data.dir");
    }

    /** The setting that decides whether a port is opened; null if the port itself says so. */
    String openedWith() {
        return words.endsWith(OR_OFF) ? null : words.substring(words.lastIndexOf(' ') + 1);
    }

    public boolean isOfTheServiceAlone() {
        return words.startsWith("port of the service ");
    }

    /** @throws IllegalArgumentException if the value is not allowed; the message is for nobody, the words say what is */
    void check(String value) {
        if (value.isBlank() && words.endsWith("or empty")) {
            return;
        }
        switch (kind()) {
            case "integer", "connections", "number", "duration", "size" -> checkRange(kind(), value);
            case "percent" -> checkPercent(value);
            case "one" -> require(Arrays.asList(words.substring(7).split("\\|")).contains(value));
            case "url" -> checkUrl(value);
            case "cron" -> Cron.checked(value);
            case "time" -> checkTimeZone(value);
            case "port" -> require(words.endsWith(OR_OFF) && value.equals("off") || isPort(value));
            case "path", "text" -> require(!value.isBlank());
            default -> throw new IllegalStateException("unknown rule: " + words);
        }
    }

    private void checkRange(String kind, String value) {
        String[] bounds = words.replace(" or empty", "").split(" ", 2)[1].split("\\.\\.");
        BigDecimal number = number(kind, value);
        require(number.compareTo(number(kind, bounds[0])) >= 0 && number.compareTo(number(kind, bounds[1])) <= 0);
    }

    private static BigDecimal number(String kind, String value) {
        return switch (kind) {
            case "integer", "connections" -> new BigDecimal(Long.parseLong(value));
            case "duration" -> new BigDecimal(duration(value).toMillis());
            case "size" -> new BigDecimal(bytes(value));
            default -> new BigDecimal(value);
        };
    }

    public static Duration duration(String value) {
        Matcher matcher = DURATION.matcher(value);
        require(matcher.matches());
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    static long bytes(String value) {
        Matcher matcher = SIZE.matcher(value);
        require(matcher.matches());
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "B" -> amount;
            case "kB" -> amount << 10;
            case "MB" -> amount << 20;
            default -> amount << 30;
        };
    }

    private static void checkPercent(String value) {
        require(value.endsWith("%"));
        BigDecimal percent = new BigDecimal(value.substring(0, value.length() - 1));
        require(percent.signum() >= 0 && percent.compareTo(BigDecimal.valueOf(100)) <= 0);
    }

    private static boolean isPort(String value) {
        int port = Integer.parseInt(value);
        return port >= 1 && port <= 65_535;
    }

    private static void checkUrl(String value) {
        URI url = URI.create(value);
        require(url.getHost() != null
                && url.getScheme() != null
                && url.getScheme().matches("https?"));
        require(url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null);
    }

    private static void checkTimeZone(String value) {
        try {
            ZoneId.of(value);
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    private static void require(boolean allowed) {
        if (!allowed) {
            throw new IllegalArgumentException();
        }
    }

    /** What is allowed, for people. */
    @Override
    public String toString() {
        return switch (words) {
            case "url", "url or empty" ->
                "http:// or https:// with a host, without user, query and fragment"
                        + (words.equals("url") ? "" : ", or empty");
            case "cron", "cron or empty" ->
                "a Quartz cron of six or seven fields, seconds first, such as 0 15 2 * * ?"
                        + (words.equals("cron") ? "" : ", or empty");
            case "time zone" -> "a time zone such as UTC or Europe/Rome";
            case "percent" -> "0% to 100%";
            default ->
                kind().equals("port")
                        ? "integer 1..65535" + (words.endsWith(OR_OFF) ? OR_OFF : "")
                        : words.replaceFirst("^connections", "integer");
        };
    }
}
