package dev.vorrang.console.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the streams do.
 *
 * @param streams one each
 * @param topics whose records wait: by consumer group and topic the records that it has still to read
 */
public record OperationsView(List<StreamView> streams, List<Lag> topics) {

    /**
     * A stream.
     *
     * @param perMinute records scored in each of the last 60 minutes, the oldest first
     * @param latencyMillis time from receipt to score of the last records: quantiles by level such as {@code 0.95}
     * @param models in service, with how many records each scored in the last hour
     * @param abstained share of the last records on which the model abstained; empty where models do not
     * @param deadLetters how many there are
     * @param corrections by field and value how often people corrected it
     */
    public record StreamView(
            String stream,
            List<Long> perMinute,
            Map<String, Double> latencyMillis,
            List<ModelView> models,
            Optional<Double> abstained,
            long deadLetters,
            Map<String, Map<String, Long>> corrections) {}

    /**
     * A model in service.
     *
     * @param figures of its card, as far as the console can read it
     */
    public record ModelView(String name, String version, long scored, Map<String, String> figures) {}

    /** How far a consumer group is behind. */
    public record Lag(String group, String topic, long records) {}

    /**
     * A record that could not be decoded or scored.
     *
     * @param topic of the dead letters, with partition and offset its address
     * @param source topic, partition and offset of the record itself
     * @param stage where it failed
     * @param value first 4,096 bytes, in base 64; empty in lists
     * @param replayed whether it was sent again
     */
    public record DeadLetterView(
            String topic,
            int partition,
            long offset,
            String stream,
            String source,
            String stage,
            String cause,
            String message,
            Instant failedAt,
            Optional<String> key,
            Optional<String> value,
            long size,
            boolean replayed) {

        /** The same, sent again. */
        public DeadLetterView asReplayed() {
            return new DeadLetterView(
                    topic, partition, offset, stream, source, stage, cause, message, failedAt, key, value, size, true);
        }
    }
}
