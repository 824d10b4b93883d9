package dev.vorrang.app.settings;

import java.util.List;
import java.util.Map;
import org.slf4j.event.Level;

/**
 * What is logged.
 *
 * @param level of everything of this program
 * @param loggers level of single loggers, by name
 */
public record LoggingSettings(Level level, Map<String, Level> loggers) {

    private static final Key<Level> LEVEL =
            Key.of("logging.level", Kind.oneOf(Level.class), "info", "Least level that this program itself logs at.");
    private static final Key<Level> LOGGERS = Key.of(
            "logging.loggers.*",
            Kind.oneOf(Level.class),
            "Level of a logger and all below it, by its name, such as `org.apache.kafka: warn`.");

    static final List<Key<?>> KEYS = List.of(LEVEL, LOGGERS);

    public LoggingSettings {
        loggers = Map.copyOf(loggers);
    }

    static LoggingSettings read(SettingsReader reader) {
        return new LoggingSettings(reader.get(LEVEL), reader.map(LOGGERS));
    }
}
