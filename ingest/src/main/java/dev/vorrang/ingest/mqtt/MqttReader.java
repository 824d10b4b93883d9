package dev.vorrang.ingest.mqtt;

import com.hivemq.client.mqtt.datatypes.MqttTopic;
import com.hivemq.client.mqtt.datatypes.MqttTopicFilter;
import dev.vorrang.ingest.connection.Backoff;
import dev.vorrang.ingest.connection.SupervisedThread;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one session of a broker in a thread of its own. The broker keeps the session, and what comes for it, while the client is
 * away; what was not acknowledged comes again after each connection.
 *
 * <p>A connection that is lost is made again, for ever, with growing waits. A reader holds at most
 * {@link MqttSubscription#receiveMaximum()} messages, or more if the broker does not keep to it (MQTT 3.1.1: what the broker sends ahead, at most 65,535); of QoS 0, those
 * beyond are thrown away, and an event tells so.
 *
 * <p>{@link #take} is called by one thread, the rest by any.
 */
public final class MqttReader implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(MqttReader.class);
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private final MqttBroker broker;
    /** With the receive maximum that the broker keeps to. */
    private MqttSubscription subscription;

    private final List<MqttTopicFilter> filters;
    private final MqttInbox inbox;
    private final Backoff backoff;
    private SupervisedThread thread;
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile String status = "not connected yet";
    private volatile MqttLink link;
    private volatile boolean hadSession;
    private volatile boolean sendsAhead;
    private boolean connectedOnce;

    private MqttReader(MqttBroker broker, MqttSubscription subscription, boolean hadSession) {
        this.broker = broker;
        this.subscription = subscription;
        this.hadSession = hadSession;
        this.filters = subscription.filters().stream().map(MqttTopicFilter::of).toList();
        this.inbox = new MqttInbox(subscription.receiveMaximum());
        this.backoff = new Backoff(subscription.longestRetry(), RandomGenerator.getDefault());
    }

    /**
     * Starts to read, without waiting for the broker.
     *
     * @param hadSession whether something was read before by this session: if the broker has forgotten it, an event tells so
     */
    public static MqttReader start(MqttBroker broker, MqttSubscription subscription, boolean hadSession) {
        var reader = new MqttReader(broker, subscription, hadSession);
        reader.thread = SupervisedThread.start(
                "mqtt-" + subscription.clientId(),
                reader::run,
                new Backoff(subscription.longestRetry(), RandomGenerator.getDefault()));
        return reader;
    }

    /**
     * Takes what came, waiting for the first event.
     *
     * @param most most events to take, at least 1
     * @param wait longest wait
     * @return none if none came in time or the reader was closed
     * @throws MqttRefusedException if the broker refuses login, certificate or subscription from the start; later refusals are
     *     tried again, as the broker did take the client once
     * @throws IllegalStateException if the reader's thread failed again and again
     */
    public List<MqttEvent> take(int most, Duration wait) throws InterruptedException, MqttRefusedException {
        thread.check();
        return inbox.take(most, wait);
    }

    /** Sends a message with QoS 0; it is lost if there is no connection. */
    public void publish(String topic, byte[] payload) {
        MqttLink current = link;
        if (current != null) {
            current.publish(topic, payload).exceptionally(e -> {
                log.warn("{}: {} was not sent: {}", broker.address(), topic, e.getMessage());
                return null;
            });
        }
    }

    /** How it stands with the connection, in words. */
    public String status() {
        return status;
    }

    /** Whether the broker has shown that it does not keep to the receive maximum. */
    public boolean sendsAhead() {
        return sendsAhead;
    }

    private void run() throws InterruptedException {
        try {
            while (!stopped.isDone()) {
                Throwable cause = connection();
                if (!stopped.isDone()) {
                    pause(cause);
                }
            }
        } catch (MqttRefusedException e) {
            status = e.getMessage();
            log.error("{}", e.getMessage());
            inbox.fail(e);
        }
    }

    /** One connection, from its begin to its end. */
    private Throwable connection() throws InterruptedException {
        try (MqttLink current = MqttLink.of(broker, subscription, new Listener())) {
            // The client has limits of its own for each part of connecting.
            await(current.connect(), current, 3);
            link = current;
            await(current.subscribe(), current, 1);
            backoff.reset();
            connectedOnce = true;
            status = "connected";
            log.info("{}: reads {} as {}", broker.address(), subscription.filters(), subscription.clientId());
            CompletableFuture.anyOf(current.ended(), stopped).get();
            return current.ended().getNow(null);
        } catch (ExecutionException e) {
            return e.getCause();
        } catch (IOException | TimeoutException e) {
            return e;
        } finally {
            link = null;
        }
    }

    /** Waits for an answer, or for the end of the connection: its cause tells more than that no answer came. */
    private void await(CompletableFuture<?> answer, MqttLink current, int timeouts)
            throws InterruptedException, ExecutionException, TimeoutException {
        var failure = current.ended().thenAccept(cause -> {
            throw new CompletionException(cause);
        });
        CompletableFuture.anyOf(answer, failure).get(timeouts * broker.timeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void pause(Throwable cause) throws InterruptedException, MqttRefusedException {
        var refusal = Refusals.of(cause, broker, subscription);
        if (refusal.isPresent() && !connectedOnce) {
            throw new MqttRefusedException(refusal.get(), cause);
        }
        if (Refusals.isReceiveMaximumExceeded(cause)) {
            // It would do so again and again: acknowledgements count only on the connection that the message came over.
            log.warn(
                    "{}: sends more messages ahead than {}; from now on it may send any number (Mosquitto 2.0.11 and before do so)",
                    broker.address(),
                    subscription.receiveMaximum());
            subscription = subscription.withoutReceiveMaximum();
            sendsAhead = true;
        }
        boolean takenOver = Refusals.isTakenOver(cause);
        Duration wait = refusal.isPresent() || takenOver ? backoff.max() : backoff.next();
        String trouble = takenOver
                ? broker.address() + ": another client uses the id '" + subscription.clientId() + "': ids must differ"
                : refusal.orElse(broker.address() + ": no connection: " + words(cause));
        status = trouble;
        log.warn("{}; next try in {} ms", trouble, wait.toMillis());
        try {
            stopped.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // Time for another try.
        } catch (ExecutionException e) {
            throw new IllegalStateException("is never completed with an exception", e);
        }
    }

    private static String words(Throwable cause) {
        Throwable deepest = cause;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        if (deepest instanceof TimeoutException) {
            return "no answer in time";
        }
        return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    }

    /** Stops and waits until the thread has ended, at most 5 s. The broker keeps the session. */
    @Override
    public void close() {
        stopped.complete(null);
        inbox.close();
        thread.stop();
        try {
            thread.join(FAREWELL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.close();
    }

    private final class Listener implements MqttLink.Listener {

        @Override
        public void connected(boolean resumed) {
            inbox.connected(this, resumed);
            if (!resumed && hadSession) {
                log.warn("{}: the session is gone, and what came for it", broker.address());
                inbox.lost();
            }
            hadSession = true;
        }

        @Override
        public void received(MqttMessage message) {
            if (isAskedFor(message.topic())) {
                inbox.add(this, message);
            } else {
                // The session has subscriptions of earlier settings, which nobody but the broker knows.
                message.acknowledge();
            }
        }

        private boolean isAskedFor(String topic) {
            var asked = MqttTopic.of(topic);
            boolean isOfTheBroker = topic.startsWith("$");
            return filters.stream()
                    .anyMatch(filter -> filter.matches(asked)
                            && (!isOfTheBroker || filter.toString().startsWith("$")));
        }
    }
}
