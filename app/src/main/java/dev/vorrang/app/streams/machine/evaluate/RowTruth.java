package dev.vorrang.app.streams.machine.evaluate;

import java.util.List;

/**
 * What is known of a row.
 *
 * @param odd whether the machine was anomalous
 * @param sensors that the anomaly is about; empty if they are not known
 */
public record RowTruth(boolean odd, List<String> sensors) {

    static final RowTruth NORMAL = new RowTruth(false, List.of());
    static final RowTruth ODD = new RowTruth(true, List.of());

    public RowTruth {
        sensors = List.copyOf(sensors);
    }
}
