package dev.vorrang.scoring.demand;

import dev.vorrang.schemas.AlertState;
import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.Topic;
import dev.vorrang.scoring.engine.Feed;
import dev.vorrang.scoring.engine.Output;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Counts alerts of machines that are raised as demand: each is one order line, so that maintenance has its forecast. Immutable.
 *
 * @param from changes of alerts
 * @param by what makes the items, of {@link MachineGroup#KIND} and {@link MachineGroup#ALERTS}; an alert counts in each of them
 */
record AlertCounts(Topic<MachineAlert> from, List<MachineGroup> by) implements Feed<MachineAlert, DemandObservation> {

    AlertCounts {
        Objects.requireNonNull(from, "from");
        by = List.copyOf(by);
    }

    @Override
    public List<Output<DemandObservation>> inputs(MachineAlert alert, Topic<DemandObservation> input) {
        return alert.getState() != AlertState.RAISED
                ? List.of()
                : by.stream()
                        .map(group -> item(group, alert))
                        .map(item ->
                                Counted.of(input, item, alert.getId(), alert.getTime(), 1, "alert:" + alert.getId()))
                        .toList();
    }

    private static String item(MachineGroup group, MachineAlert alert) {
        return switch (group) {
            case KIND ->
                "machine-kind:"
                        + alert.getKind().name().toLowerCase(Locale.ROOT).replace('_', '-');
            case ALERTS -> "machine-alerts:" + alert.getMachine();
            case HOURS -> throw new IllegalArgumentException(group + ": is not counted by alerts");
        };
    }
}
