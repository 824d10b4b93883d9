package dev.vorrang.scoring.action;

import dev.vorrang.schemas.Action;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.desk.DeskEvents;
import dev.vorrang.schemas.view.Headline;
import dev.vorrang.schemas.view.OutputView;
import dev.vorrang.scoring.rule.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;

/**
 * The records of a stream that can be acted on.
 *
 * @param stream its name
 * @param topic where they are
 * @param fields what conditions may ask of them; an action takes them along as text
 * @param view tells title, severity, reasons and time
 * @param id of a record; several records with one id are changes of one thing, such as an alert
 * @param position of the record that was scored
 * @param settled whether a record says that nothing is left to do, such as an alert that is cleared
 * @param lag time by which a record may be older than its time says, such as the length of a period that it tells of
 * @param sample makes a record of a time, for tests
 * @param <V> type of the records
 */
public record ActionSource<V extends SpecificRecord>(
        String stream,
        Topic<V> topic,
        Fields<V> fields,
        OutputView<V> view,
        Function<V, String> id,
        Function<V, Position> position,
        Predicate<V> settled,
        Duration lag,
        Function<Instant, V> sample) {

    private static final int MAX_TITLE = 1_000;
    private static final int MAX_FIELD = 4_000;

    public ActionSource {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(fields, "fields");
        Objects.requireNonNull(view, "view");
        Objects.requireNonNull(lag, "lag");
        Objects.requireNonNull(sample, "sample");
    }

    /**
     * What a rule's sink has to do about a record. A long title or field is cut.
     *
     * @throws IllegalArgumentException if the record has no id that it could be known by
     */
    Action action(ActionRule rule, V value, Headline headline, Instant now) {
        String record = id.apply(value);
        if (record.isEmpty() || record.length() > DeskEvents.MAX_NAME) {
            throw new IllegalArgumentException(
                    "id of " + record.length() + " characters: allowed are 1 to " + DeskEvents.MAX_NAME);
        }
        Map<String, String> texts = fields.texts(value);
        texts.replaceAll((field, text) -> cut(text, MAX_FIELD));
        return Action.newBuilder()
                .setId(ActionIds.of(rule.name(), record, 0, 0))
                .setName(rule.name())
                .setSink(rule.sink())
                .setStream(rule.stream())
                .setRecord(record)
                .setSeverity(Priority.valueOf(headline.severity().name()))
                .setTitle(cut(headline.title(), MAX_TITLE))
                .setReasons(List.copyOf(headline.reasons()))
                .setRecordKey(headline.key())
                .setTime(headline.time())
                .setLink(headline.link())
                .setFields(texts)
                .setPosition(position.apply(value))
                .setCreatedAt(now)
                .build();
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "…";
    }
}
