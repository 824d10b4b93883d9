package dev.vorrang.app.bench;

import dev.vorrang.scoring.engine.StreamDefinition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** A stream without a broker: its task gets the records, and its state is in memory. */
public final class Rehearsal {

    private static final int POLL = 256;

    private Rehearsal() {}

    /**
     * Has a stream score the first records of a run.
     *
     * @param count how many
     */
    public static void run(StreamDefinition<?, ?, ?> stream, BenchStream.Inputs inputs, long count) {
        var step = new LoopStep<>(stream);
        String topic = stream.topics().input().name();
        List<ConsumerRecord<byte[], byte[]>> poll = new ArrayList<>();
        for (long number = 0; number < count; number++) {
            BenchStream.Input input = inputs.next(number);
            byte[] key = input.key().getBytes(StandardCharsets.UTF_8);
            poll.add(new ConsumerRecord<>(
                    topic,
                    0,
                    number,
                    number,
                    TimestampType.CREATE_TIME,
                    key.length,
                    input.value().length,
                    key,
                    input.value(),
                    new RecordHeaders(),
                    Optional.empty()));
            if (poll.size() == POLL || number == count - 1) {
                step.score(poll);
                poll.clear();
            }
        }
    }
}
