package dev.vorrang.app.worker;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Tells a listener the topic of each record that Kafka took from a worker's connectors. Kafka makes interceptors by name and gives
 * them strings alone, so the listener is found by a key in their settings. Safe for use by many threads.
 */
public final class SentRecords implements ProducerInterceptor<byte[], byte[]> {

    private static final String KEY = "vorrang.sent.records";
    private static final Map<String, Consumer<String>> LISTENERS = new ConcurrentHashMap<>();

    private Consumer<String> listener = topic -> {};

    /** Made by Kafka. */
    public SentRecords() {}

    /**
     * Registers a listener for the life of the process.
     *
     * @param listener hears topics, from the producers' threads
     * @return settings of a worker that name it
     */
    static Map<String, String> settings(Consumer<String> listener) {
        String key = UUID.randomUUID().toString();
        LISTENERS.put(key, listener);
        return Map.of("producer.interceptor.classes", SentRecords.class.getName(), "producer." + KEY, key);
    }

    @Override
    public void configure(Map<String, ?> configs) {
        listener = LISTENERS.getOrDefault(String.valueOf(configs.get(KEY)), topic -> {});
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        return record;
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
        if (exception == null) {
            listener.accept(metadata.topic());
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
