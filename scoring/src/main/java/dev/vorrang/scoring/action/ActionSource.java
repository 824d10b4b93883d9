package dev.vorrang.scoring.action;

import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.view.OutputView;
import dev.vorrang.scoring.rule.Fields;
import java.time.Duration;
import java.time.Instant;
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

    public ActionSource {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(topic, "topic");
        Objects.requireNonNull(fields, "fields");
        Objects.requireNonNull(view, "view");
        Objects.requireNonNull(lag, "lag");
        Objects.requireNonNull(sample, "sample");
    }
}
