package dev.vorrang.scoring.action;

import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.DeskEvent;
import dev.vorrang.schemas.DeskState;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.DeadLetters;
import dev.vorrang.scoring.engine.RecordInfo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Reads and writes the records of actions. On internal topics and in stores, actions have the form of those on a topic, so that a later
 * version reads them. Thread-safe.
 */
final class ActionRecords {

    private final Topics topics;
    private final AvroSerdes serdes;
    private final Serde<Action> actions;
    private final Serde<DeskEvent> events;
    private final Serde<DeskState> states;
    private final Serde<DeadLetter> letters;

    ActionRecords(Topics topics, AvroSerdes serdes) {
        this.topics = topics;
        this.serdes = serdes;
        this.actions = serdes.valueSerde(topics.actionsDeadLetters());
        this.events = serdes.valueSerde(topics.deskEvents());
        this.states = serdes.valueSerde(topics.deskState());
        this.letters = serdes.valueSerde(topics.actionsUndecided());
    }

    <V extends SpecificRecord> Deserializer<V> deserializer(Topic<V> topic) {
        return serdes.valueSerde(topic).deserializer();
    }

    byte[] bytes(Action action) {
        return actions.serializer().serialize(topics.actionsDeadLetters().name(), action);
    }

    Action action(byte[] bytes) {
        return actions.deserializer().deserialize(topics.actionsDeadLetters().name(), bytes);
    }

    byte[] bytes(DeskEvent event) {
        return events.serializer().serialize(topics.deskEvents().name(), event);
    }

    DeskEvent event(byte[] bytes) {
        return events.deserializer().deserialize(topics.deskEvents().name(), bytes);
    }

    byte[] bytes(DeskState state) {
        return states.serializer().serialize(topics.deskState().name(), state);
    }

    DeskState state(byte[] bytes) {
        return states.deserializer().deserialize(topics.deskState().name(), bytes);
    }

    /** To the topic of its sink. */
    Routed toSink(Action action) {
        String topic = topics.actions(action.getSink()).name();
        return new Routed(topic, actions.serializer().serialize(topic, action));
    }

    /** @param state null if the record is forgotten */
    Routed toDesk(DeskState state) {
        return new Routed(topics.deskState().name(), bytes(state));
    }

    /** To the dead letters, with its key. */
    Record<String, Routed> undecided(RecordInfo info, Stage stage, Throwable cause, Instant now) {
        String topic = topics.actionsUndecided().name();
        DeadLetter letter = DeadLetters.of(info, stage, cause, Optional.empty(), now);
        return new Record<>(
                new String(DeadLetters.key(info), StandardCharsets.UTF_8),
                new Routed(topic, letters.serializer().serialize(topic, letter)),
                info.record().timestamp());
    }
}
