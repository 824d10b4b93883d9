package dev.vorrang.scoring.action;

import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.desk.DeskEvents;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.serde.WireFormatException;
import dev.vorrang.scoring.engine.RecordInfo;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Reads what people did, and hands it on by the id of the record. What is not valid goes to the dead letters. */
final class DeskEventProcessor implements Processor<byte[], byte[], String, Routed> {

    private final ActionRecords records;
    private final ScoringMetrics letters;
    private final Clock clock;
    private ProcessorContext<String, Routed> context;

    DeskEventProcessor(ActionRecords records, ScoringMetrics letters, Clock clock) {
        this.records = records;
        this.letters = letters;
        this.clock = clock;
    }

    @Override
    public void init(ProcessorContext<String, Routed> taskContext) {
        context = taskContext;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        Instant now = clock.instant();
        try {
            if (record.value() == null) {
                throw new WireFormatException("value is null: allowed is a DeskEvent");
            }
            DeskEvent event = records.event(record.value());
            DeskEvents.check(event);
            var envelope = new Envelope(Envelope.Kind.EVENT, record.value());
            context.forward(
                    new Record<>(event.getRecord(), new Routed(Routed.RECORDS, envelope.bytes()), record.timestamp()));
        } catch (RegistryUnavailableException e) {
            // Not the record's fault.
            throw e;
        } catch (RuntimeException e) {
            var position = new Position(metadata.topic(), metadata.partition(), metadata.offset());
            letters.deadLetter(Stage.DECODE);
            context.forward(records.undecided(new RecordInfo(position, record, now), Stage.DECODE, e, now));
        }
    }
}
