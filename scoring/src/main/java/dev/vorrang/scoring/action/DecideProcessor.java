package dev.vorrang.scoring.action;

import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.serde.WireFormatException;
import dev.vorrang.schemas.view.Headline;
import dev.vorrang.scoring.action.ActionMetrics.Outcome;
import dev.vorrang.scoring.engine.RecordInfo;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import dev.vorrang.scoring.rule.ConditionFailedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/**
 * Asks the conditions about each record of a stream. What meets one goes on by the name of the action. A record that cannot be read, or
 * on which a condition fails, goes to the dead letters; the other conditions are asked all the same.
 */
final class DecideProcessor<V extends SpecificRecord> implements Processor<byte[], byte[], String, Routed> {

    /** Of an action; a task keeps several in one state. */
    private static final int MAX_BYTES = 100_000;

    private final CompiledRules<V> rules;
    private final ActionSource<V> source;
    private final Duration maxAge;
    private final ActionRecords records;
    private final ActionMetrics metrics;
    private final ScoringMetrics letters;
    private final Clock clock;
    private final Deserializer<V> values;
    private ProcessorContext<String, Routed> context;

    DecideProcessor(
            CompiledRules<V> rules,
            Duration maxAge,
            ActionRecords records,
            ActionMetrics metrics,
            ScoringMetrics letters,
            Clock clock) {
        this.rules = rules;
        this.source = rules.source();
        this.maxAge = maxAge;
        this.records = records;
        this.metrics = metrics;
        this.letters = letters;
        this.clock = clock;
        this.values = records.deserializer(source.topic());
    }

    @Override
    public void init(ProcessorContext<String, Routed> taskContext) {
        context = taskContext;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata metadata = context.recordMetadata().orElseThrow();
        Instant now = clock.instant();
        var info = new RecordInfo(new Position(metadata.topic(), metadata.partition(), metadata.offset()), record, now);
        V value;
        Headline headline;
        try {
            if (record.value() == null) {
                throw new WireFormatException("value is null: allowed is a "
                        + source.topic().valueType().getSimpleName());
            }
            value = values.deserialize(metadata.topic(), record.value());
            headline = source.view().headline(value);
        } catch (RegistryUnavailableException e) {
            // Not the record's fault.
            throw e;
        } catch (RuntimeException e) {
            undecided(info, Stage.DECODE, e);
            return;
        }
        decide(info, value, headline);
    }

    private void decide(RecordInfo info, V value, Headline headline) {
        String id = source.id().apply(value);
        if (source.settled().test(value)) {
            var settled = new Envelope(Envelope.Kind.SETTLED, Envelope.NOTHING);
            forward(info, id, new Routed(Routed.RECORDS, settled.bytes()));
        }
        for (var each : rules.rules()) {
            ActionRule rule = each.rule();
            try {
                if (!each.when().test(value)) {
                    continue;
                }
                if (isTooOld(rule, headline, info.arrived())) {
                    metrics.count(rule.stream(), rule.name(), Outcome.TOO_OLD);
                    continue;
                }
                byte[] action = records.bytes(source.action(rule, value, headline, info.arrived()));
                if (action.length > MAX_BYTES) {
                    throw new IllegalArgumentException(
                            "action '" + rule.name() + "' of " + action.length + " bytes: allowed are " + MAX_BYTES);
                }
                forward(info, rule.name(), new Routed(Routed.TRIGGERS, action));
            } catch (IllegalArgumentException e) {
                undecided(info, Stage.POLICY, e);
            } catch (ConditionFailedException e) {
                undecided(
                        info,
                        Stage.POLICY,
                        new IllegalArgumentException(each.when().owner() + ": " + e.getMessage(), e));
            }
        }
    }

    private boolean isTooOld(ActionRule rule, Headline headline, Instant now) {
        Duration most = rule.maxAge().orElse(maxAge).plus(source.lag());
        return headline.time().isBefore(now.minus(most));
    }

    private void undecided(RecordInfo info, Stage stage, RuntimeException cause) {
        letters.deadLetter(stage);
        context.forward(records.undecided(info, stage, cause, info.arrived()));
    }

    private void forward(RecordInfo info, String key, Routed routed) {
        context.forward(new Record<>(key, routed, info.record().timestamp()));
    }
}
