package dev.vorrang.training.machine;

import dev.vorrang.scoring.machine.NamePattern;
import dev.vorrang.scoring.machine.judge.TypeNormal;
import dev.vorrang.scoring.machine.model.MachineCard;
import dev.vorrang.scoring.machine.model.TypeNormalCard;
import dev.vorrang.scoring.machine.model.TypeNormals;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.training.OutputFolder;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;
import dev.vorrang.training.machine.TypeNormalLearner.Recording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns what is normal for a type of machines from files of recordings of some of them, and writes it. Nothing is by chance. For one thread.
 */
public final class TypeNormalTrainer {

    private final Settings settings;
    private final TrainingProgress progress;

    /**
     * What to learn from.
     *
     * @param data CSV files, one or more
     * @param columns what their columns are
     * @param machines those that are of the type; empty for all
     * @param type its name
     * @param version of the normal
     * @param description a sentence for the card
     * @param licence of the data, for the card
     * @param source where the data come from, for the card
     * @param out folder to write the version into; made if absent, must be empty
     */
    public record Settings(
            List<Path> data,
            MachineColumns columns,
            List<NamePattern> machines,
            String type,
            String version,
            String description,
            String licence,
            String source,
            Path out) {

        public Settings {
            data = List.copyOf(data);
            machines = List.copyOf(machines);
            if (data.isEmpty()) {
                throw new IllegalArgumentException("data: name one CSV file or more");
            }
        }
    }

    public TypeNormalTrainer(Settings settings, TrainingProgress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Learns and writes the normal.
     *
     * @return its card
     * @throws TrainingDataException if the data cannot be used; nothing is written then
     * @throws java.io.UncheckedIOException if it cannot be written
     */
    public TypeNormalCard train() {
        OutputFolder.requireEmpty(settings.out());
        var sensors = new ArrayList<String>();
        var rows = new LinkedHashMap<Path, Integer>();
        Map<String, Recording> recordings = read(sensors, rows);
        progress.started(rows.values().stream().mapToInt(Integer::intValue).sum(), 0, recordings.size());
        TypeNormalLearner.Learned learned = TypeNormalLearner.learn(recordings, sensors);
        if (learned.normal().isEmpty()) {
            throw new TrainingDataException(
                    "too few readings of " + String.join(", ", recordings.keySet())
                            + " to judge any machine by: allowed are recordings of some hours in which it runs, better of days");
        }
        TypeNormal normal = learned.normal().get();
        return TypeNormals.write(
                settings.out(),
                normal,
                files -> new TypeNormalCard(
                        settings.type(),
                        settings.version(),
                        TypeNormalCard.TYPE_NORMAL,
                        settings.description(),
                        sensors,
                        normal.machines(),
                        training(rows),
                        figures(learned, normal),
                        files));
    }

    private static List<MachineCard.Figure> figures(TypeNormalLearner.Learned learned, TypeNormal normal) {
        return learned.alertsOfNew().stream()
                .mapToObj(alerts -> new MachineCard.Figure(
                        "each machine, begun with the others",
                        "validation",
                        "alerts a machine-day",
                        normal.machines().size(),
                        alerts))
                .toList();
    }

    private ModelCard.Training training(Map<Path, Integer> rows) {
        return new ModelCard.Training(
                "Vorrang",
                0,
                TypeNormalLearner.PASSES,
                rows.entrySet().stream()
                        .map(file -> new ModelCard.DataSet(
                                file.getKey().getFileName().toString(),
                                file.getValue(),
                                settings.licence(),
                                settings.source(),
                                ""))
                        .toList());
    }

    private Map<String, Recording> read(List<String> sensors, Map<Path, Integer> rows) {
        var all = new LinkedHashSet<String>();
        var read = new TreeMap<String, Map<String, List<MachineRow>>>();
        for (Path file : settings.data()) {
            try (var reader = MachineRows.open(file, settings.columns())) {
                var present = new HashSet<String>();
                while (reader.hasNext()) {
                    MachineRow row = reader.next();
                    if (isOfType(row.machine())) {
                        read.computeIfAbsent(row.machine(), any -> new TreeMap<>())
                                .computeIfAbsent(row.group(), any -> new ArrayList<>())
                                .add(row);
                        rows.merge(file, 1, Integer::sum);
                        row.reading().getValues().forEach((sensor, value) -> {
                            if (value != null) {
                                present.add(sensor);
                            }
                        });
                    }
                }
                reader.sensors().stream().filter(present::contains).forEach(all::add);
            }
        }
        if (read.isEmpty()) {
            throw new TrainingDataException("no machine of the data matches " + settings.machines());
        }
        sensors.addAll(all);
        var recordings = new TreeMap<String, Recording>();
        read.forEach((machine, groups) -> recordings.put(machine, recording(groups, sensors)));
        return recordings;
    }

    private boolean isOfType(String machine) {
        return settings.machines().isEmpty()
                || settings.machines().stream().anyMatch(pattern -> pattern.matches(machine));
    }

    private static Recording recording(Map<String, List<MachineRow>> groups, List<String> sensors) {
        return new Recording(groups.values().stream()
                .map(rows -> rows.stream()
                        .sorted(Comparator.comparingLong(MachineRow::millis))
                        .map(row -> new TypeNormalLearner.Sample(row.millis(), row.values(sensors)))
                        .toList())
                .toList());
    }
}
