package dev.vorrang.console.machine;

import dev.vorrang.console.index.IndexEntry;
import dev.vorrang.console.index.RecordFeed;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.view.MachineAlertView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Alerts; a change of an alert takes the place of the one before. Its time is when it began, and {@code scoredAt} the time of its last change:
 * an alert whose state is {@code CLEARED} was open from the one to the other.
 */
final class MachineAlertFeed implements RecordFeed<MachineAlert, SensorReading> {

    static final String MACHINE = "machine";
    static final String STATE = "state";
    static final String KIND = "kind";
    private static final String SENSOR = "sensor";
    private static final String FAULT = "fault";

    private final Topics topics;
    private final MachineAlertView view = new MachineAlertView();

    MachineAlertFeed(Topics topics) {
        this.topics = topics;
    }

    @Override
    public Topic<MachineAlert> topic() {
        return topics.machineAlerts();
    }

    @Override
    public Optional<Source<MachineAlert, SensorReading>> source() {
        return Optional.of(new Source<>(topics.machineReadings(), MachineAlert::getPosition));
    }

    @Override
    public List<Facet> facets() {
        return Stream.of(KIND, STATE, MACHINE, SENSOR, FAULT)
                .map(Facet::counted)
                .toList();
    }

    @Override
    public String id(MachineAlert alert) {
        return alert.getId();
    }

    @Override
    public IndexEntry entry(MachineAlert alert, Optional<SensorReading> reading, Map<String, String> corrections) {
        List<String> sensors = blamed(alert);
        return IndexEntry.ofAlert(
                view.headline(alert),
                alert.getPeak(),
                alert.getStart(),
                alert.getTime(),
                Map.of(
                        KIND,
                        List.of(alert.getKind().name()),
                        STATE,
                        List.of(alert.getState().name()),
                        MACHINE,
                        List.of(alert.getMachine()),
                        SENSOR,
                        sensors,
                        FAULT,
                        alert.getFault() == null ? List.of() : List.of(alert.getFault())),
                Stream.concat(Stream.of(MachineAlertView.name(alert.getKind())), sensors.stream())
                        .toList());
    }

    /** The sensor with the largest share first. */
    private static List<String> blamed(MachineAlert alert) {
        return MachineAlertView.worstFirst(alert.getSensors()).stream()
                .map(Map.Entry::getKey)
                .toList();
    }
}
