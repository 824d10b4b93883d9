package dev.vorrang.app.program;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Where the log goes. Until told otherwise, warnings of this program go to standard error and the rest nowhere. */
public final class Logs {

    private static final LastStorageError STORAGE = new LastStorageError();

    private Logs() {}

    /**
     * From here on the log goes to a file, which is replaced by a new one when it is large.
     *
     * @param verbose whether to show it on standard error as well
     */
    public static void toFile(Path file, boolean verbose) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.putProperty("file", file.toString());
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        try {
            configurator.doConfigure(Objects.requireNonNull(
                    Logs.class.getResource(verbose ? "log-verbose.xml" : "log-file.xml"), "log settings"));
        } catch (JoranException e) {
            throw new IllegalStateException("the program's own log settings are wrong", e);
        }
        STORAGE.setContext(context);
        STORAGE.start();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(STORAGE);
    }

    /** What a disk said in the last error or warning that was logged since {@link #toFile}. */
    public static Optional<String> lastStorageError() {
        return STORAGE.text();
    }

    /**
     * From here on each line of the log file is a JSON object (Logback's JsonEncoder): timestamp in milliseconds since 1970, level,
     * threadName, loggerName, formattedMessage, and throwable where there is one. After {@link #toFile}.
     */
    public static void asJson() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var appender = (OutputStreamAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("FILE");
        var encoder = new JsonEncoder();
        encoder.setContext(context);
        encoder.setWithSequenceNumber(false);
        encoder.setWithNanoseconds(false);
        encoder.setWithContext(false);
        encoder.setWithMessage(false);
        encoder.setWithArguments(false);
        encoder.setWithFormattedMessage(true);
        encoder.start();
        appender.setEncoder(encoder);
    }

    /**
     * Sets what is logged, after {@link #toFile}.
     *
     * @param own least level of this program itself
     * @param loggers least level of single loggers and all below them, by name; they win
     */
    public static void levels(Level own, Map<String, Level> loggers) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger("dev.vorrang").setLevel(logback(own));
        loggers.forEach((name, level) -> {
            // Those below that the program itself keeps quiet follow what was asked for.
            context.getLoggerList().stream()
                    .filter(each -> each.getName().startsWith(name + ".") && !loggers.containsKey(each.getName()))
                    .forEach(each -> each.setLevel(null));
            context.getLogger(name).setLevel(logback(level));
        });
    }

    private static ch.qos.logback.classic.Level logback(Level level) {
        return ch.qos.logback.classic.Level.convertAnSLF4JLevel(level);
    }

    /** Writes what is left and closes the file. */
    public static void close() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }
}
