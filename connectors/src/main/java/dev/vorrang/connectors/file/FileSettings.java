package dev.vorrang.connectors.file;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;
import static org.apache.kafka.common.config.ConfigDef.Range.between;

import dev.vorrang.connectors.reading.FieldSettings;
import dev.vorrang.connectors.reading.OrderSettings;
import dev.vorrang.connectors.reading.RecordSettings;
import dev.vorrang.connectors.settings.Allowed;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Type;

/** Settings of the file source: names, defaults, and what is allowed. */
public final class FileSettings {

    public static final String FOLDER = "file.folder";
    public static final String GLOB = "file.glob";
    public static final String POLL_MS = "file.poll.ms";
    public static final String SETTLED_MS = "file.settled.ms";

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
                        Allowed.parsed(FileSettings::checkFolder, "a folder that can be read"),
                        HIGH,
                        "Folder to watch, without subfolders.")
                .define(
                        GLOB,
                        Type.STRING,
                        "*.{csv,csv.gz,json,jsonl,ndjson,jsonl.gz,ndjson.gz}",
                        Allowed.parsed(
                                glob -> FileSystems.getDefault().getPathMatcher("glob:" + glob),
                                "a glob, such as *.csv"),
                        HIGH,
                        "Glob for names of files to read. Files with .json, .jsonl or .ndjson have a "
                                + "document in each line; all others are CSV with a header. Files ending in .gz "
                                + "are unpacked. A file that is renamed to another matching name is read again; "
                                + "rename to names that do not match.")
                .define(
                        POLL_MS,
                        Type.LONG,
                        1_000L,
                        between(10, 3_600_000),
                        MEDIUM,
                        "Interval for polling for new files and lines, in ms.")
                .define(
                        SETTLED_MS,
                        Type.LONG,
                        10_000L,
                        between(0, 86_400_000),
                        LOW,
                        "Time without changes after which a file is considered complete, in ms: its "
                                + "last line is read even without a line end, and damaged content goes to the "
                                + "dead letters.")
                .defineInternal(SHARE, Type.STRING, "0/1", LOW);
        RecordSettings.define(
                definition,
                "Topic for lines that are not readings, with the cause.",
                1_000,
                100_000,
                "Maximum number of lines in a batch.");
        OrderSettings.define(definition);
        FieldSettings.define(definition, "the name of the file, up to its first dot");
        return definition;
    }

    private static void checkFolder(String value) {
        var folder = Path.of(value);
        if (!Files.isDirectory(folder) || !Files.isReadable(folder)) {
            throw new IllegalArgumentException("allowed: a folder that can be read");
        }
    }
}
