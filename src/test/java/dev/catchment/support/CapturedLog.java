package dev.catchment.support;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** What is logged while it is open: our own lines from a level on, those of libraries from INFO on. */
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger own = (Logger) LoggerFactory.getLogger("dev.catchment");
    private final Level rootBefore = root.getLevel();
    private final Level ownBefore = own.getLevel();
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    private CapturedLog(Level level) {
        root.setLevel(Level.INFO);
        own.setLevel(level);
        root.addAppender(this);
        start();
    }

    public static CapturedLog of(Level level) {
        return new CapturedLog(level);
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.getMDCPropertyMap();
        events.add(event);
    }

    /** The messages of our own loggers from a level on. */
    public List<String> ours(Level level) {
        return events.stream()
                .filter(event -> event.getLoggerName().startsWith("dev.catchment")
                        && event.getLevel().isGreaterOrEqual(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** Every message, with the context it was logged in. */
    public List<String> all() {
        return events.stream()
                .map(event -> event.getFormattedMessage() + " " + event.getMDCPropertyMap()
                        + (event.getThrowableProxy() == null
                                ? ""
                                : event.getThrowableProxy().getMessage()))
                .toList();
    }

    /** The logging contexts of the lines that hold a text. */
    public List<Map<String, String>> contexts(String text) {
        return events.stream()
                .filter(event -> event.getFormattedMessage().contains(text))
                .map(ILoggingEvent::getMDCPropertyMap)
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        root.setLevel(rootBefore);
        own.setLevel(ownBefore);
        stop();
    }
}
