package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record to send. One value that goes to several topics is encoded once if its outputs follow one another.
 *
 * @param topic one of the stream's outputs
 * @param key in UTF-8
 * @param <V> type of the value
 */
public record Output<V extends SpecificRecord>(Topic<V> topic, byte[] key, V value) {}
