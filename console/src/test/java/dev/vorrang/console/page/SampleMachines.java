package dev.vorrang.console.page;

import dev.vorrang.console.desk.MachineMarks;
import dev.vorrang.console.view.DeskView;
import dev.vorrang.console.view.MachineStore;
import dev.vorrang.console.view.RecordSummary;
import dev.vorrang.schemas.view.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small plant, in which one machine is about to fail. */
final class SampleMachines implements MachineStore, MachineMarks {

    private static final Map<String, String> UNITS = Map.of("vibration", "mm/s", "temperature", "°C", "current", "A");

    private static final String ALERT = "00112233445566778899aabbccddeeff";

    private final Instant now;
    private final MemoryRecords records;
    private final Map<String, String> maintenance = new HashMap<>();
    final List<String> marks = new CopyOnWriteArrayList<>();

    SampleMachines(Instant now, MemoryRecords records) {
        this.now = now;
        this.records = records;
        records.addAlert(raised());
    }

    @Override
    public synchronized List<MachineView> machines() {
        var machines = new ArrayList<MachineView>();
        machines.add(
                machine("compressor-2", "ALERT", 0.998, Optional.of("bearing"), Optional.of(61.0), List.of(alert())));
        machines.add(machine("pump-4", "SILENT", null, Optional.empty(), Optional.empty(), List.of()));
        for (int i = 1; i <= 9; i++) {
            machines.add(machine(
                    "line-" + (1 + i % 3) + "/fan-" + i,
                    "NORMAL",
                    0.08 * i,
                    Optional.empty(),
                    Optional.empty(),
                    List.of()));
        }
        return machines;
    }

    private MachineView machine(
            String name,
            String state,
            Double anomaly,
            Optional<String> fault,
            Optional<Double> life,
            List<RecordSummary> alerts) {
        return new MachineView(
                name,
                maintenance.containsKey(name) ? "MAINTENANCE" : state,
                now.minusSeconds(state.equals("SILENT") ? 5400 : 4),
                Optional.ofNullable(anomaly),
                fault,
                life,
                life.isPresent() ? Map.of("0.1", 38.0, "0.5", 61.0, "0.9", 97.0) : Map.of(),
                Map.of("vibration", 4.81, "temperature", 71.4, "current", 12.02),
                UNITS,
                alerts);
    }

    private RecordSummary alert() {
        return records.alert(ALERT);
    }

    private RecordSummary raised() {
        return new RecordSummary(
                "machine",
                ALERT,
                "MachineAlert",
                "compressor-2: anomaly",
                Severity.HIGH,
                0.99,
                now.minus(Duration.ofMinutes(52)),
                now.minus(Duration.ofMinutes(52)),
                "compressor-2",
                List.of("anomalous; main contributors: vibration, temperature"),
                List.of(new RecordSummary.Told(
                        "anomaly",
                        Map.of("sensors", "vibration, temperature"),
                        "anomalous; main contributors: vibration, temperature")),
                Map.of(
                        "kind",
                        List.of("ANOMALY"),
                        "state",
                        List.of("RAISED"),
                        "sensor",
                        List.of("vibration", "temperature")),
                DeskView.UNTOUCHED,
                Optional.empty());
    }

    @Override
    public Optional<Series> series(String machine, Instant from, Instant to, int points) {
        if (machines().stream().noneMatch(each -> each.machine().equals(machine))) {
            return Optional.empty();
        }
        int count = Math.min(points, 240);
        long step = Duration.between(from, to).toMillis() / count;
        var times = new ArrayList<Long>();
        var anomaly = new ArrayList<Double>();
        boolean failing = machine.equals("compressor-2");
        for (int i = 0; i < count; i++) {
            times.add(from.toEpochMilli() + i * step);
            anomaly.add(
                    failing && i > 0.75 * count
                            ? Math.min(0.998, 0.6 + 0.008 * (i - 0.75 * count))
                            : 0.25 + 0.2 * Math.sin(i / 9.0));
        }
        var sensors = Map.of(
                "vibration", sensor(count, 2.4, 0.5, failing ? 2.6 : 0),
                "temperature", sensor(count, 62, 4, failing ? 9 : 0),
                "current", sensor(count, 12, 0.8, 0));
        return Optional.of(new Series(times, anomaly, sensors, failing ? List.of(alert()) : List.of()));
    }

    private static Sensor sensor(int count, double level, double spread, double rise) {
        var mean = new ArrayList<Double>();
        var lowest = new ArrayList<Double>();
        var highest = new ArrayList<Double>();
        var low = new ArrayList<Double>();
        var high = new ArrayList<Double>();
        for (int i = 0; i < count; i++) {
            double risen = rise * Math.max(0, i - 0.75 * count) / (0.25 * count);
            Double value = i % 97 == 50
                    ? null
                    : level + spread * 0.5 * Math.sin(i / 6.0) + spread * 0.2 * Math.sin(i * 1.7) + risen;
            mean.add(value);
            lowest.add(value == null ? null : value - spread * 0.2);
            highest.add(value == null ? null : value + spread * 0.2);
            low.add(level - spread);
            high.add(level + spread);
        }
        return new Sensor(mean, lowest, highest, low, high);
    }

    @Override
    public void accept(String machine, Optional<String> alert, String by, String reason) {
        marks.add("accept " + machine + " by " + by + ": " + reason);
    }

    @Override
    public synchronized void maintain(String machine, Instant from, Optional<Instant> until, String reason) {
        marks.add("maintain " + machine + ": " + reason);
        maintenance.put(machine, reason);
    }

    @Override
    public synchronized void endMaintenance(String machine) {
        marks.add("end " + machine);
        maintenance.remove(machine);
    }
}
