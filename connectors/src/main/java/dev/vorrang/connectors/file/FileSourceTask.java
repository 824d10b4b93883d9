package dev.vorrang.connectors.file;

import dev.vorrang.connectors.plugin.SourcePartition;
import dev.vorrang.connectors.plugin.Version;
import dev.vorrang.connectors.reading.ReadingRecords;
import dev.vorrang.connectors.reading.RecordSettings;
import dev.vorrang.ingest.connection.ReaderReports;
import dev.vorrang.ingest.file.FilePosition;
import dev.vorrang.ingest.file.FolderReader;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private FileSourceConfig config;
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
        config = new FileSourceConfig(props);
        folder = config.folder().toString();
        name = "files-" + folder + "-" + config.task();
        Clock clock = Clock.systemUTC();
        records = RecordSettings.records(config, clock);
        reader = new FolderReader(config.plan(), this::committed, clock);
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
            read = reader.take(RecordSettings.batchSize(config));
        } catch (IOException e) {
            ReaderReports.trouble(name, "the folder cannot be read: " + e);
            // Connect polls again at once.
            pause();
            throw new RetriableException("folder " + folder + " cannot be read: " + e, e);
        }
        ReaderReports.well(name);
        if (read.isEmpty()) {
            pause();
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

    private void pause() throws InterruptedException {
        stopped.await(config.poll().toMillis(), TimeUnit.MILLISECONDS);
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
