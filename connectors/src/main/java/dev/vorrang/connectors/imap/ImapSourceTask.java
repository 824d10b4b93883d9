package dev.vorrang.connectors.imap;

import dev.vorrang.connectors.avro.AvroToConnect;
import dev.vorrang.connectors.plugin.Version;
import dev.vorrang.ingest.imap.FolderEvent;
import dev.vorrang.ingest.imap.FolderHistory;
import dev.vorrang.ingest.imap.MailboxReader;
import dev.vorrang.ingest.imap.MailboxRefusedException;
import dev.vorrang.ingest.mail.MailDecoder;
import dev.vorrang.schemas.EmailMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/**
 * Hands the mails of some folders to Connect. {@link #poll} waits at most a second; {@link #stop} signals and waits for the
 * reader's threads, which end at once.
 */
public final class ImapSourceTask extends SourceTask {

    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final AvroToConnect MAILS = new AvroToConnect(EmailMessage.getClassSchema());

    private final Map<String, FolderOffsets> offsets = new HashMap<>();
    private final Acknowledgements pending = new Acknowledgements();
    /** Taken from the reader and not yet given to Connect. */
    private final ArrayDeque<FolderEvent> taken = new ArrayDeque<>();

    private ImapSourceConfig config;
    private volatile MailboxReader reader;

    /** Made by Connect. */
    public ImapSourceTask() {}

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> props) {
        config = new ImapSourceConfig(props);
        var histories = new LinkedHashMap<String, FolderHistory>();
        for (var folder : config.folders()) {
            var loaded = FolderOffsets.load(context.offsetStorageReader(), config.accountName(), folder);
            offsets.put(folder, loaded.offsets());
            histories.put(folder, loaded.history());
        }
        var clock = Clock.systemUTC();
        reader = MailboxReader.start(
                config.account(), config.plan(), histories, new MailDecoder(config.limits(), clock), clock);
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        if (taken.isEmpty()) {
            try {
                taken.addAll(reader.take(config.batchSize(), WAIT));
            } catch (MailboxRefusedException e) {
                throw new ConnectException(e.getMessage(), e);
            }
        }
        var records = new ArrayList<SourceRecord>(taken.size());
        while (!taken.isEmpty() && mayGo(taken.peek())) {
            records.add(record(taken.remove()));
        }
        if (records.isEmpty() && !taken.isEmpty()) {
            pending.await(taken.peek().folder(), WAIT);
        }
        return records.isEmpty() ? null : records;
    }

    /** A segment of the offsets begins only when all of the one before is acknowledged. */
    private boolean mayGo(FolderEvent event) {
        return !offsets.get(event.folder()).isSegmentFull() || pending.isNone(event.folder());
    }

    private SourceRecord record(FolderEvent event) {
        var folder = offsets.get(event.folder());
        pending.add(event.folder());
        if (event instanceof FolderEvent.Received received) {
            var mail = received.mail();
            folder.add(received.hash());
            return new SourceRecord(
                    folder.partition(),
                    folder.offset(event.position()),
                    config.topic(),
                    null,
                    Schema.STRING_SCHEMA,
                    mail.getThread(),
                    MAILS.schema(),
                    MAILS.value(mail),
                    Math.max(0, mail.getReceivedAt().toEpochMilli()));
        }
        return new SourceRecord(
                folder.partition(),
                folder.offset(event.position()),
                config.startTopic(),
                null,
                Schema.STRING_SCHEMA,
                config.accountName() + "/" + event.folder(),
                null,
                null,
                event.position().since());
    }

    /** Kafka has the record, or a transformation dropped it. Called by the producer's thread. */
    @Override
    public void commitRecord(SourceRecord record, RecordMetadata metadata) {
        pending.remove((String) record.sourcePartition().get(FolderOffsets.FOLDER));
    }

    @Override
    public void stop() {
        if (reader != null) {
            reader.close();
        }
    }
}
