package dev.catchment.cli.output;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import org.slf4j.LoggerFactory;

/** Sets the log up as the settings say: standard error, for people or for programs. */
public final class Logging {
    private Logging() {}

    /** Whether standard error is a terminal; the launcher knows, the JVM does not. */
    static boolean isTerminal() {
        return Boolean.getBoolean("catchment.terminal");
    }

    public static void configure(String format, String level) {
        boolean json = format.equals("json") || (format.equals("auto") && !isTerminal());
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.putProperty("log.level", level);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(Logging.class.getResource(json ? "/logback-json.xml" : "/logback.xml"));
        } catch (JoranException e) {
            throw new IllegalStateException("the log could not be set up", e);
        }
    }
}
