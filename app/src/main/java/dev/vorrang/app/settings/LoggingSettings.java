package dev.vorrang.app.settings;

import java.util.Map;
import org.slf4j.event.Level;

/**
 * What is logged.
 *
 * @param level of everything of this program
 * @param loggers level of single loggers, by name
 * @param format of the log file
 */
public record LoggingSettings(Level level, Map<String, Level> loggers, Format format) {

    static final Section KEYS = new Section("logging", "Logging", "");

    private static final Key<Level> LEVEL =
            KEYS.add(Key.of("level", Kind.oneOf(Level.class), "info", "Log level of this program."));
    private static final Key<Level> LOGGERS = KEYS.add(Key.of(
                    "loggers.*",
                    Kind.oneOf(Level.class),
                    "Level of a logger and its children, by name, such as `org.apache.kafka: warn`.")
            .shown("org.apache.kafka: warn"));

    private static final Key<Format> FORMAT = KEYS.add(Key.of(
            "format",
            Kind.oneOf(Format.class),
            "text",
            "`text`, or `json`: one object for each line of the log file, for log collectors."));

    /** How a line of the log looks. */
    public enum Format {
        TEXT,
        JSON
    }

    public LoggingSettings {
        loggers = Map.copyOf(loggers);
    }

    static LoggingSettings read(SettingsReader reader) {
        return new LoggingSettings(reader.get(LEVEL), reader.map(LOGGERS), reader.get(FORMAT));
    }
}
