package dev.vorrang.connectors.file;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.vorrang.connectors.reading.FieldSettings;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/** Settings of the file source: names, defaults, and what is allowed. */
public final class FileSettings {

    public static final String FOLDER = "file.folder";
    public static final String GLOB = "file.glob";
    public static final String POLL_MS = "file.poll.ms";
    public static final String SETTLED_MS = "file.settled.ms";
    public static final String TOPIC = "topic";
    public static final String DEAD_LETTER_TOPIC = "dead.letter.topic";
    public static final String BATCH_SIZE = "batch.size";

    /** Which of the tasks reads a file, as number/count; made by the connector. */
    static final String SHARE = "task.share";

    public static final ConfigDef DEFINITION = definition();

    private FileSettings() {}

    private static ConfigDef definition() {
        var definition = new ConfigDef()
                .define(
                        FOLDER,
                        Type.STRING,
                        NO_DEFAULT_VALUE,
                        ConfigDef.LambdaValidator.with(FileSettings::checkFolder, () -> "a folder that can be read"),
                        HIGH,
                        "Folder that is watched; the files in it, not those of folders below.")
                .define(
                        GLOB,
                        Type.STRING,
                        "*.{csv,csv.gz,json,jsonl,ndjson,jsonl.gz,ndjson.gz}",
                        ConfigDef.LambdaValidator.with(FileSettings::checkGlob, () -> "a glob, such as *.csv"),
                        HIGH,
                        "Names of the files to read. Those with .json, .jsonl or .ndjson have a document in each line, all others"
                                + " are CSV with a header; what ends in .gz is unpacked. A file that is renamed to another"
                                + " name that matches is read anew: rename to names that do not.")
                .define(
                        POLL_MS,
                        Type.LONG,
                        1_000L,
                        between(10, 3_600_000),
                        MEDIUM,
                        "Time between two looks for new files and lines.")
                .define(
                        SETTLED_MS,
                        Type.LONG,
                        10_000L,
                        between(0, 86_400_000),
                        LOW,
                        "A file that did not change for so long is taken for complete: its last line is read even without an end"
                                + " of line, and what is damaged goes to the dead letters.")
                .define(TOPIC, Type.STRING, "machine.readings", HIGH, "Topic of the readings.")
                .define(
                        DEAD_LETTER_TOPIC,
                        Type.STRING,
                        "machine.dead-letters",
                        HIGH,
                        "Topic of lines that are no readings, with their cause.")
                .define(BATCH_SIZE, Type.INT, 1_000, between(1, 100_000), LOW, "Most lines that are read at a time.")
                .defineInternal(SHARE, Type.STRING, "0/1", LOW);
        FieldSettings.define(definition, "the name of the file, up to its first dot,");
        return definition;
    }

    private static void checkFolder(String name, Object value) {
        try {
            var folder = Path.of(((String) value).strip());
            if (Files.isDirectory(folder) && Files.isReadable(folder)) {
                return;
            }
        } catch (InvalidPathException e) {
            // No folder either.
        }
        throw new ConfigException(name, value, "allowed: a folder that can be read");
    }

    private static void checkGlob(String name, Object value) {
        try {
            FileSystems.getDefault().getPathMatcher("glob:" + value);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(name, value, "allowed: a glob, such as *.csv: " + e.getMessage());
        }
    }
}
