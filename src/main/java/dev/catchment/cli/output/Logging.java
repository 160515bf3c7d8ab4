package dev.catchment.cli.output;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.slf4j.LoggerFactory;

/**
 * Sets the log up: standard error, for people or for programs, and the levels of log-levels.properties. Logback finds it
 * as a service and reads no XML, which would take longer than many a command does.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class Logging extends ContextAwareBase implements Configurator {
    private static final String LINE =
            "%d{\"yyyy-MM-dd'T'HH:mm:ss'Z'\", UTC} %-5level %replace([run %X{run}] ){'\\[run \\] ', ''}%msg%n%ex{short}";

    /** Before the settings are read: lines for people. */
    @Override
    public ExecutionStatus configure(LoggerContext logback) {
        configure(logback, false, "info");
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** As the settings say. */
    public static void configure(String format, String level) {
        boolean json = format.equals("json") || (format.equals("auto") && !isTerminal());
        LoggerContext logback = (LoggerContext) LoggerFactory.getILoggerFactory();
        logback.reset();
        configure(logback, json, level);
    }

    /** Whether standard error is a terminal; the launcher knows, the JVM does not. */
    static boolean isTerminal() {
        return Boolean.getBoolean("catchment.terminal");
    }

    private static void configure(LoggerContext logback, boolean json, String level) {
        Encoder<ILoggingEvent> encoder = json ? new JsonLine() : lines();
        encoder.setContext(logback);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(logback);
        appender.setName("standard-error");
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        Logger root = logback.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        levels().forEach((logger, its) -> logback.getLogger((String) logger).setLevel(Level.toLevel((String) its)));
        logback.getLogger("dev.catchment").setLevel(Level.toLevel(level));
    }

    private static Encoder<ILoggingEvent> lines() {
        PatternLayoutEncoder lines = new PatternLayoutEncoder();
        lines.setPattern(LINE);
        return lines;
    }

    private static Properties levels() {
        Properties levels = new Properties();
        try (InputStream in = Logging.class.getResourceAsStream("/log-levels.properties")) {
            levels.load(in);
            return levels;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
