package dev.vorrang.console.index;

import dev.vorrang.console.view.Change;
import dev.vorrang.schemas.text.ForeignText;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.locks.LockSupport;
import org.apache.lucene.store.AlreadyClosedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics into the index, in one thread of its own, until it is closed. Whatever fails is tried again: broker and registry may be
 * away, the disk full, the index damaged.
 */
final class Feeder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration MIN_PAUSE = Duration.ofMillis(200);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(5);
    /** Within this time the broker has answered, or is not there. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(15);
    /** A broker that starts may for a moment know of fewer records than it has. */
    private static final int RECREATED_AFTER = 5;

    private final IndexSettings settings;
    private final IncomingReader reader;
    private final RecordDocuments documents;
    private final Listeners listeners;
    private final ExecutorService threads;
    private final IndexAccess access;
    private final Interval refresh;
    private final Interval commit;
    private final Interval lookAtHealth = new Interval(Duration.ofSeconds(1));
    private final Interval discovery = new Interval(Duration.ofSeconds(10));

    private volatile boolean closed;
    private volatile Change.Health health = new Change.Health(false, 0);
    private volatile Thread thread;

    private ReadPositions positions;
    private Updates updates;
    private int failures;
    private int shortTopics;

    Feeder(
            IndexSettings settings,
            IndexAccess access,
            IncomingReader reader,
            RecordDocuments documents,
            Listeners listeners,
            ExecutorService threads) {
        this.settings = settings;
        this.access = access;
        this.reader = reader;
        this.documents = documents;
        this.listeners = listeners;
        this.threads = threads;
        this.refresh = new Interval(settings.refresh());
        this.commit = new Interval(settings.commit());
    }

    void start() {
        var feeding = new Thread(this::run, "console-index");
        feeding.setDaemon(true);
        // Even the handling of an error may fail, as without memory.
        feeding.setUncaughtExceptionHandler((ended, error) -> {
            if (!closed) {
                reopen(false);
                start();
            }
        });
        thread = feeding;
        feeding.start();
    }

    Change.Health health() {
        return health;
    }

    private void run() {
        while (!closed) {
            try {
                feed();
            } catch (Exception | OutOfMemoryError | StackOverflowError e) {
                if (!closed) {
                    recover(e);
                }
            }
        }
    }

    private void feed() throws IOException {
        RecordIndex index = access.open();
        if (updates == null) {
            positions = ReadPositions.of(index.committed());
            updates = new Updates(index, documents, reader, threads);
        }
        write();
        try (var topics = new TopicFeed(settings.kafka(), reader.topics(), positions);
                var sources = new SourceReader(settings.kafka())) {
            topics.discover();
            tell(new Change.Health(true, topics.behind()));
            while (!closed) {
                read(topics, sources);
                look(topics);
                if (commit.isOver()) {
                    commit(index);
                }
            }
        }
        commit(index);
    }

    private void read(TopicFeed topics, SourceReader sources) throws IOException {
        var records = topics.poll(updates.isEmpty() ? POLL : refresh.left());
        if (!records.isEmpty()) {
            updates.take(reader.read(records, sources));
            records.forEach(each -> positions.read(each.topic(), each.partition(), each.offset()));
        }
        if (updates.isFull() || refresh.isOver()) {
            write();
        }
    }

    private void look(TopicFeed topics) throws IOException {
        if (discovery.isOver()) {
            topics.discover();
            discovery.restart();
        }
        if (lookAtHealth.isOver()) {
            access.check();
            tell(new Change.Health(true, topics.behind()));
            failures = 0;
            lookAtHealth.restart();
        }
    }

    private void commit(RecordIndex index) throws IOException {
        write();
        index.commit(positions.data());
        commit.restart();
    }

    private void write() throws IOException {
        if (!updates.isEmpty()) {
            updates.write().forEach(listeners::tell);
            refresh.restart();
        }
    }

    private void tell(Change.Health now) {
        if (!now.equals(health)) {
            health = now;
            listeners.tell(now);
        }
    }

    private void recover(Throwable error) {
        tell(new Change.Health(false, health.behind()));
        if (failures++ == 0) {
            LOG.warn("the index is not fed, and tries again: {}", ForeignText.line(String.valueOf(error)), error);
        }
        if (error instanceof TopicRecreatedException recreated) {
            rebuild(recreated);
        } else if (IndexFolder.isDamage(error)) {
            LOG.warn("the index is damaged, and is built anew from the topics");
            reopen(true);
        } else if (error instanceof IOException || error instanceof AlreadyClosedException || error instanceof Error) {
            reopen(false);
        }
        long pause = Math.min(MAX_PAUSE.toNanos(), MIN_PAUSE.toNanos() << Math.min(failures - 1, 10));
        LockSupport.parkNanos(this, pause);
    }

    private void rebuild(TopicRecreatedException recreated) {
        if (recreated.isCertain() || ++shortTopics >= RECREATED_AFTER) {
            LOG.warn("the index is built anew from the topics: {}", recreated.getMessage());
            shortTopics = 0;
            reopen(true);
        }
    }

    /** What was not committed is read again. */
    private void reopen(boolean anew) {
        updates = null;
        positions = null;
        access.close(anew);
        listeners.tell(new Change.Reload());
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(MAX_WAIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
