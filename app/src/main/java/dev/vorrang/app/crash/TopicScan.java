package dev.vorrang.app.crash;

import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads what topics have for a reader of committed records. */
interface TopicScan {

    /** Gives each record of a topic, those of a partition in their order, up to where readers can come now. */
    void each(String topic, Consumer<ConsumerRecord<byte[], byte[]>> records);
}
