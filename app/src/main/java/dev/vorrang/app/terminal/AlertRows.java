package dev.vorrang.app.terminal;

import dev.vorrang.schemas.view.OutputView;
import dev.vorrang.schemas.view.Severity;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.jline.utils.AttributedStyle;

/**
 * How rows are made of the records of a stream with alerts.
 *
 * @param <S> records of which a row has the latest
 * @param <A> alerts; each record is a change of one
 * @param type of the records of which a row has the latest
 * @param key of the row of such a record
 * @param alerts headlines of alerts; they tell the row and the severity
 * @param change what a record of an alert tells
 * @param alarm severity from which a row is an alarm; with less it is a warning, with more it is no more pressing
 */
public record AlertRows<S, A extends SpecificRecord>(
        Class<S> type, Function<S, String> key, OutputView<A> alerts, Function<A, Change> change, Severity alarm) {

    /**
     * A row.
     *
     * @param latest record
     * @param alerts that are open, by id, in the order in which they were raised
     */
    public record Row<S, A>(String key, Optional<S> latest, Map<String, A> alerts) {}

    /**
     * A change of an alert: raised, cleared, or neither, if it stays open.
     *
     * @param id of the alert
     */
    public record Change(String id, boolean raised, boolean cleared) {}

    /** Whether no alert of a row is an alarm. */
    public boolean isWarning(Row<S, A> row) {
        return severity(row).compareTo(alarm) < 0;
    }

    /** The style of a row's state. */
    public AttributedStyle style(Row<S, A> row) {
        if (row.alerts().isEmpty()) {
            return Cells.FAINT;
        }
        return isWarning(row) ? Cells.WARNING : Cells.ALARM;
    }

    Comparator<Row<S, A>> mostPressing() {
        return Comparator.comparing((Row<S, A> row) -> isWarning(row) ? severity(row) : alarm)
                .reversed()
                .thenComparing(Row::key);
    }

    /** That of the most severe alert. */
    private Severity severity(Row<S, A> row) {
        return row.alerts().values().stream()
                .map(alert -> alerts.headline(alert).severity())
                .max(Comparator.naturalOrder())
                .orElse(Severity.LOW);
    }
}
