package dev.vorrang.app.program;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.util.Optional;

/**
 * Remembers what the disk said last to whoever logs errors: Kafka ends a process with no other word of it than in the log, which may be
 * on the same disk. Safe for use by many threads.
 */
final class LastStorageError extends AppenderBase<ILoggingEvent> {

    private volatile String text;

    @Override
    protected void append(ILoggingEvent event) {
        if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
            for (var cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                if (isOfDisk(cause)) {
                    text = cause.getMessage();
                }
            }
        }
    }

    private static boolean isOfDisk(IThrowableProxy cause) {
        // Of the network there are others, by names of their own.
        return cause.getMessage() != null
                && (cause.getClassName().equals(IOException.class.getName())
                        || cause.getClassName().startsWith("java.nio.file."));
    }

    Optional<String> text() {
        return Optional.ofNullable(text);
    }
}
