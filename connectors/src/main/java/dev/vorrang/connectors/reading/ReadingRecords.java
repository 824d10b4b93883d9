package dev.vorrang.connectors.reading;

import dev.vorrang.connectors.avro.AvroToConnect;
import dev.vorrang.ingest.reading.Decoded;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.SensorReading;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Makes Connect's records: a reading or an observation of demand goes to the topic with its machine or item as key, a payload that is
 * none to the dead letters with its source as key. For one thread.
 */
public final class ReadingRecords {

    private final AvroToConnect readings = new AvroToConnect(SensorReading.getClassSchema());
    private final AvroToConnect observations = new AvroToConnect(DemandObservation.getClassSchema());
    private final AvroToConnect letters = new AvroToConnect(DeadLetter.getClassSchema());
    private final String topic;
    private final String deadLetters;
    private final Clock clock;

    /**
     * @param topic takes the records
     * @param deadLetters takes the dead letters
     * @param clock tells when a payload failed
     */
    public ReadingRecords(String topic, String deadLetters, Clock clock) {
        this.topic = topic;
        this.deadLetters = deadLetters;
        this.clock = clock;
    }

    /**
     * @param partition what Connect keeps the offset by
     * @param offset where the source goes on after this record
     */
    public SourceRecord of(Decoded decoded, Map<String, ?> partition, Map<String, ?> offset) {
        if (decoded instanceof Decoded.Refused refused) {
            DeadLetter letter = RefusedPayload.letter(
                    refused.source(), refused.payload(), refused.cause(), refused.message(), clock);
            return record(partition, offset, deadLetters, refused.source(), letters, letter, clock.millis());
        }
        if (decoded instanceof Decoded.Observed observed) {
            DemandObservation observation = observed.observation();
            String key = observation.getLocation() == null
                    ? observation.getItem()
                    : observation.getItem() + "@" + observation.getLocation();
            long time = Math.min(observation.getTime().toEpochMilli(), clock.millis());
            return record(partition, offset, topic, key, observations, observation, time);
        }
        SensorReading reading = ((Decoded.Accepted) decoded).reading();
        // A broker may refuse a record from the future.
        long time = Math.min(reading.getTime().toEpochMilli(), clock.millis());
        return record(partition, offset, topic, reading.getMachine(), readings, reading, time);
    }

    private static SourceRecord record(
            Map<String, ?> partition,
            Map<String, ?> offset,
            String topic,
            String key,
            AvroToConnect converter,
            Object value,
            long time) {
        return new SourceRecord(
                partition,
                offset,
                topic,
                null,
                Schema.STRING_SCHEMA,
                key,
                converter.schema(),
                converter.value(value),
                time);
    }
}
