package dev.vorrang.ingest.opcua;

import dev.vorrang.ingest.connection.Backoff;
import dev.vorrang.ingest.connection.HandoverQueue;
import dev.vorrang.ingest.connection.SupervisedThread;
import dev.vorrang.ingest.opcua.OpcUaRefusedException.Concern;
import dev.vorrang.ingest.reading.Decoded;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads nodes of one server by subscription, in a thread of its own besides those of Milo, and hands over readings. A lost
 * connection is made again, for ever, with growing waits; where values may be missing, the next reading of each machine has the
 * flag {@code gap}.
 *
 * <p>OPC UA knows no acknowledgement by a reader: what the server sent and the taker did not take is lost with the process. The
 * reader holds at most {@code capacity} readings and those of two publish responses. While it is full the server keeps values,
 * as many as its queues hold, and says by the overflow bit that it dropped some: then the reading has the flags {@code overflow} and
 * {@code gap}.
 *
 * <p>{@link #take} is called by one thread, {@link #close} by any.
 */
public final class OpcUaReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpcUaReader.class);
    /** Tells the threads of several readers of one server apart. */
    private static final AtomicInteger STARTED = new AtomicInteger();

    private static final Duration FIRST_WAIT = Duration.ofMillis(500);

    private final ServerAccess access;
    private final NodeSelection selection;
    private final Sampling sampling;
    private final HandoverQueue<Decoded, OpcUaRefusedException> buffer;
    private final ValueDecoder readings;
    private final CountDownLatch closed = new CountDownLatch(1);
    private SupervisedThread thread;
    private final Backoff backoff;
    private boolean everRead;

    private OpcUaReader(ServerAccess access, NodeSelection selection, Sampling sampling, int capacity, Clock clock) {
        this.access = access;
        this.selection = selection;
        this.sampling = sampling;
        this.buffer = new HandoverQueue<>(capacity);
        this.backoff = new Backoff(FIRST_WAIT, access.retryMax(), RandomGenerator.getDefault());
        this.readings = new ValueDecoder(access.endpoint(), sampling.serverTime(), clock);
    }

    /**
     * Starts to read, without waiting for the server.
     *
     * @param capacity readings to hold, at least 1
     */
    public static OpcUaReader start(
            ServerAccess access, NodeSelection selection, Sampling sampling, int capacity, Clock clock) {
        var reader = new OpcUaReader(access, selection, sampling, capacity, clock);
        reader.thread = SupervisedThread.start(
                "opcua-" + access + "-" + STARTED.incrementAndGet(),
                reader::run,
                new Backoff(access.retryMax(), RandomGenerator.getDefault()));
        return reader;
    }

    /**
     * Takes what was read, waiting for the first.
     *
     * @param most most to take, at least 1
     * @param wait longest wait
     * @return none if none came in time or the reader was closed
     * @throws OpcUaRefusedException if login, certificate or all nodes are refused from the start; a server that was read once
     *     is tried for ever
     * @throws InterruptedException if the thread was interrupted while it waited
     * @throws IllegalStateException if the reader's thread failed again and again
     */
    public List<Decoded> take(int most, Duration wait) throws InterruptedException, OpcUaRefusedException {
        thread.check();
        return buffer.take(most, wait);
    }

    private void run() {
        var sessions = new OpcUaSession(access);
        while (closed.getCount() > 0) {
            Duration wait = Duration.ZERO;
            try {
                readUntilLost(sessions);
            } catch (OpcUaRefusedException e) {
                if (!everRead) {
                    buffer.fail(e);
                    return;
                }
                wait = access.retryMax();
                LOG.warn("{}; tried again in {} s", e.getMessage(), wait.toSeconds());
            } catch (UaException | RuntimeException e) {
                wait = backoff.next();
                String cause = e instanceof UaException ua ? OpcUaErrors.text(ua) : e.toString();
                LOG.warn("{}: {}; tried again in {} ms", access, cause, wait.toMillis());
            } catch (InterruptedException e) {
                return;
            }
            if (await(wait)) {
                return;
            }
        }
    }

    private void readUntilLost(OpcUaSession sessions) throws UaException, OpcUaRefusedException, InterruptedException {
        OpcUaClient client = sessions.open();
        try {
            List<SensorNode> nodes = new NodeFinder(client).find(selection);
            if (nodes.isEmpty()) {
                throw new OpcUaRefusedException(
                        Concern.NODES, access + ": there is no node to read of " + selection, null);
            }
            var subscription = new SensorSubscription(client, sampling, readings, buffer);
            subscription.start(nodes);
            LOG.info("{}: reads {} nodes", access, nodes.size());
            everRead = true;
            backoff.reset();
            String end = awaitEnd(client, subscription);
            LOG.warn("{}: {}; a new one is made", access, end);
            readings.lost();
        } catch (UaException e) {
            if (OpcUaErrors.isRefusal(e)) {
                throw new OpcUaRefusedException(OpcUaErrors.concern(e), access + ": " + OpcUaErrors.text(e), e);
            }
            throw e;
        } finally {
            OpcUaSession.close(Optional.of(client));
        }
    }

    /** Reads on until the subscription is lost, with the nodes that appear meanwhile. */
    private String awaitEnd(OpcUaClient client, SensorSubscription subscription) throws InterruptedException {
        while (true) {
            Optional<String> end = subscription.awaitEnd(sampling.rescan());
            if (end.isPresent()) {
                return end.get();
            }
            try {
                int more = subscription.extend(new NodeFinder(client).find(selection));
                if (more > 0) {
                    LOG.info("{}: reads {} nodes that have appeared", access, more);
                }
            } catch (UaException e) {
                LOG.debug("{}: nodes were not looked up: {}", access, OpcUaErrors.text(e));
            }
        }
    }

    /** Whether the reader was closed meanwhile. */
    private boolean await(Duration wait) {
        try {
            return closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** Stops, and waits until the thread has ended, at most 5 s. */
    @Override
    public void close() {
        closed.countDown();
        buffer.close();
        thread.close();
    }
}
