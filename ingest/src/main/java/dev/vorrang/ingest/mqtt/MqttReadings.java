package dev.vorrang.ingest.mqtt;

import dev.vorrang.ingest.reading.Decoded;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The readings of one session. After data went missing the next reading of each machine says so: {@code gap} if the broker forgot
 * the session, {@code overflow} if messages of QoS 0 came faster than they were taken.
 *
 * <p>{@link #take} is called by one thread, {@link #close} by any.
 */
public final class MqttReadings implements AutoCloseable {

    private static final String GAP = "gap";
    private static final String OVERFLOW = "overflow";

    private final MqttReader reader;
    private final MessageDecoder decoder;
    private final Clock clock;
    private final MissingData missing = new MissingData();

    /**
     * @param reader closed with this
     * @param clock tells how long messages wait for others
     */
    public MqttReadings(MqttReader reader, MessageDecoder decoder, Clock clock) {
        this.reader = reader;
        this.decoder = decoder;
        this.clock = clock;
    }

    /**
     * Takes what came, waiting for the first message.
     *
     * @param most most messages to take, at least 1; with those that waited for others it may be more
     * @return messages to acknowledge when their readings are in safe hands, or at once if they have none
     * @throws MqttRefusedException see {@link MqttReader#take}
     */
    public List<MessageDecoder.Done> take(int most, Duration wait) throws InterruptedException, MqttRefusedException {
        var done = new ArrayList<MessageDecoder.Done>();
        for (MqttEvent event : reader.take(most, wait)) {
            if (event instanceof MqttEvent.Received received) {
                done.addAll(decoder.accept(received.message()));
            } else {
                missing.raise(event instanceof MqttEvent.SessionLost ? GAP : OVERFLOW);
            }
        }
        done.addAll(decoder.expire(clock.instant()));
        return done.stream().map(this::flagged).toList();
    }

    private MessageDecoder.Done flagged(MessageDecoder.Done done) {
        List<Decoded> decoded = done.decoded().stream().map(missing::flagged).toList();
        return new MessageDecoder.Done(done.message(), decoded);
    }

    /** How it stands with the connection, in words. */
    public String status() {
        return reader.status();
    }

    /** Whether the broker has shown that it does not keep to the receive maximum. */
    public boolean sendsAhead() {
        return reader.sendsAhead();
    }

    @Override
    public void close() {
        reader.close();
    }
}
