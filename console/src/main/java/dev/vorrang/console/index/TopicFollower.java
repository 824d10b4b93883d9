package dev.vorrang.console.index;

import dev.vorrang.schemas.serde.WireFormatException;
import dev.vorrang.schemas.text.ForeignText;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the committed records of topics to what keeps them, in one thread of its own, until it is closed. Whatever fails is tried again from
 * where records were kept last: broker and registry may be away, the disk full, topics absent or made anew. Thread-safe.
 */
public final class TopicFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration MAX_WAIT = Duration.ofSeconds(15);
    /** A broker that starts may for a moment know of fewer records than it has. */
    private static final int RECREATED_AFTER = 5;

    private final String name;
    private final Map<String, String> kafka;
    private final Duration keeping;
    private final Keeper keeper;
    private final Thread thread;
    private volatile boolean closed;
    private boolean warned;
    private boolean leftOut;
    private int shortTopics;

    /** What keeps records. Called by one thread. */
    public interface Keeper {

        /** Topics to read; those that do not exist are read once they do. */
        Set<String> topics();

        /**
         * Begins with what was kept, and forgets what was not.
         *
         * @return positions as {@link #keep} was given them; empty to read from the beginning
         */
        Map<String, String> open() throws IOException;

        /**
         * Takes a record.
         *
         * @throws WireFormatException if it cannot be read; it is left out
         * @throws IllegalArgumentException if what it says is not allowed; it is left out
         */
        void take(ConsumerRecord<byte[], byte[]> record) throws IOException;

        /** Whether so much is not kept yet that it should be now. */
        boolean isFull();

        /** Keeps what was taken, and with it how far the topics are read: both or none. */
        void keep(Map<String, String> positions) throws IOException;

        /** Forgets everything, for the topics are others. */
        void forget() throws IOException;
    }

    /**
     * Begins to read.
     *
     * @param name of the thread
     * @param kafka settings of a Kafka client, by Kafka's names
     * @param keeping how often records are kept at least
     */
    public static TopicFollower start(String name, Map<String, String> kafka, Duration keeping, Keeper keeper) {
        var follower = new TopicFollower(name, kafka, keeping, keeper);
        follower.thread.start();
        return follower;
    }

    private TopicFollower(String name, Map<String, String> kafka, Duration keeping, Keeper keeper) {
        this.name = name;
        this.kafka = Map.copyOf(kafka);
        this.keeping = keeping;
        this.keeper = keeper;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Key under which the position of a partition is kept: the offset of the record to read next. */
    public static String position(TopicPartition partition) {
        return ReadPositions.POSITION + partition;
    }

    /**
     * One committed record.
     *
     * @return empty if the topic does not have it, or no more, or has the end of a transaction there
     * @throws org.apache.kafka.common.KafkaException if the broker gives no answer
     */
    public static Optional<ConsumerRecord<byte[], byte[]>> recordAt(
            Map<String, String> kafka, TopicPartition partition, long offset) {
        try (var consumer = TopicFeed.consumer(kafka)) {
            var partitions = List.of(partition);
            if (consumer.partitionsFor(partition.topic()).stream()
                    .noneMatch(each -> each.partition() == partition.partition())) {
                return Optional.empty();
            }
            consumer.assign(partitions);
            if (offset < consumer.beginningOffsets(partitions).get(partition)
                    || offset >= consumer.endOffsets(partitions).get(partition)) {
                return Optional.empty();
            }
            consumer.seek(partition, offset);
            long deadline = System.nanoTime() + ANSWER.toNanos();
            while (consumer.position(partition) <= offset) {
                var records = consumer.poll(POLL).records(partition);
                if (!records.isEmpty()) {
                    return Optional.of(records.get(0)).filter(each -> each.offset() == offset);
                }
                if (System.nanoTime() > deadline) {
                    throw new TimeoutException(
                            partition + "@" + offset + " was not read within " + ANSWER.toSeconds() + " s");
                }
            }
            return Optional.empty();
        }
    }

    private void run() {
        while (!closed) {
            try {
                follow();
            } catch (TopicRecreatedException e) {
                recreated(e);
            } catch (Exception | OutOfMemoryError | StackOverflowError e) {
                if (!closed) {
                    failed(e);
                }
            }
        }
    }

    private void follow() throws IOException {
        var positions = ReadPositions.of(keeper.open());
        var discovery = new Interval(Duration.ofSeconds(10));
        var keep = new Interval(keeping);
        try (var topics = new TopicFeed(kafka, keeper.topics(), positions)) {
            topics.discover();
            while (!closed) {
                var records = topics.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> each : records) {
                    take(each);
                    positions.read(each.topic(), each.partition(), each.offset());
                }
                if (keep.isOver() || keeper.isFull()) {
                    keeper.keep(positions.data());
                    keep.restart();
                    warned = false;
                    shortTopics = 0;
                }
                if (discovery.isOver()) {
                    topics.discover();
                    discovery.restart();
                }
            }
        }
        keeper.keep(positions.data());
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
        try {
            keeper.take(record);
        } catch (WireFormatException | IllegalArgumentException e) {
            if (!leftOut) {
                leftOut = true;
                LOG.warn(
                        "{}-{}@{} is left out, as others that cannot be read: {}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        ForeignText.line(e.getMessage()));
            }
        }
    }

    private void recreated(TopicRecreatedException recreated) {
        if (recreated.isCertain() || ++shortTopics >= RECREATED_AFTER) {
            LOG.warn("{} reads the topics anew: {}", name, recreated.getMessage());
            shortTopics = 0;
            try {
                keeper.forget();
                return;
            } catch (IOException | RuntimeException e) {
                failed(e);
                return;
            }
        }
        LockSupport.parkNanos(this, PAUSE.toNanos());
    }

    private void failed(Throwable error) {
        if (!warned) {
            LOG.warn("{} does not read, and tries again: {}", name, ForeignText.line(String.valueOf(error)), error);
            warned = true;
        }
        LockSupport.parkNanos(this, PAUSE.toNanos());
    }

    /** Keeps what was read. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(MAX_WAIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
