package dev.vorrang.connectors.file;

import dev.vorrang.connectors.plugin.SourcePartition;
import dev.vorrang.connectors.plugin.Version;
import dev.vorrang.connectors.reading.FieldSettings;
import dev.vorrang.connectors.reading.ReadingRecords;
import dev.vorrang.ingest.connection.ReaderReports;
import dev.vorrang.ingest.file.FilePosition;
import dev.vorrang.ingest.file.FolderReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** Reads the files of a folder that are this task's. */
public final class FileSourceTask extends SourceTask {

    static final String FOLDER = "folder";
    static final String FILE = "file";
    static final String BYTES = "bytes";
    static final String LINES = "lines";
    static final String FINGERPRINT = "fingerprint";

    private final CountDownLatch stopped = new CountDownLatch(1);
    private AbstractConfig config;
    private String folder;
    /** For health. */
    private String name;

    private ReadingRecords records;
    private FolderReader reader;

    /** Made by Connect. */
    public FileSourceTask() {}

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> props) {
        config = new AbstractConfig(FileSettings.DEFINITION, props, false);
        Clock clock = Clock.systemUTC();
        Path path = Path.of(config.getString(FileSettings.FOLDER).strip()).toAbsolutePath();
        folder = path.toString();
        records = new ReadingRecords(
                config.getString(FileSettings.TOPIC), config.getString(FileSettings.DEAD_LETTER_TOPIC), clock);
        String[] share = config.getString(FileSettings.SHARE).split("/");
        int number = Integer.parseInt(share[0]);
        int count = Integer.parseInt(share[1]);
        name = "files-" + folder + "-" + number;
        var plan = new FolderReader.Plan(
                path,
                config.getString(FileSettings.GLOB),
                name -> Math.floorMod(name.hashCode(), count) == number,
                FieldSettings.csv(config),
                FieldSettings.json(config),
                Duration.ofMillis(config.getLong(FileSettings.SETTLED_MS)));
        reader = new FolderReader(plan, this::committed, clock);
    }

    private Map<String, String> partition(String file) {
        return SourcePartition.of(FOLDER, folder, FILE, file);
    }

    private Optional<FilePosition> committed(String file) {
        Map<String, Object> offset = SourcePartition.position(context.offsetStorageReader(), partition(file));
        return offset == null
                ? Optional.empty()
                : Optional.of(new FilePosition(
                        ((Number) offset.get(BYTES)).longValue(), ((Number) offset.get(LINES)).longValue(), (String)
                                offset.get(FINGERPRINT)));
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        List<FolderReader.Read> read;
        try {
            read = reader.take(config.getInt(FileSettings.BATCH_SIZE));
        } catch (IOException e) {
            ReaderReports.trouble(name, "the folder cannot be read: " + e);
            // Connect polls again at once.
            stopped.await(config.getLong(FileSettings.POLL_MS), TimeUnit.MILLISECONDS);
            throw new RetriableException("folder " + folder + " cannot be read: " + e, e);
        }
        ReaderReports.well(name);
        if (read.isEmpty()) {
            stopped.await(config.getLong(FileSettings.POLL_MS), TimeUnit.MILLISECONDS);
            return null;
        }
        return read.stream()
                .map(line -> {
                    FilePosition after = line.after();
                    Map<String, ?> offset =
                            Map.of(BYTES, after.bytes(), LINES, after.lines(), FINGERPRINT, after.fingerprint());
                    return records.of(line.decoded(), partition(line.file()), offset);
                })
                .toList();
    }

    @Override
    public void stop() {
        stopped.countDown();
        if (reader != null) {
            reader.close();
            ReaderReports.well(name);
        }
    }
}
