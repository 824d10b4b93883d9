package dev.vorrang.scoring.machine.model;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.model.CardCheck;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelCards;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a model of the machine stream says of itself, kept as {@code assets.extra/model.json} beside the graph. One that exists is
 * complete and free of contradictions.
 *
 * @param name name of the model, letters, digits, dot, underscore and hyphen
 * @param version version of the model, the same characters
 * @param task one of {@link #TASKS}
 * @param description a sentence for people
 * @param signature what the graph takes and gives
 * @param columns what the columns of the training data were called, so that files of the same kind need no naming; null for the
 *     general model
 * @param window which steps the model reads; null for the general model
 * @param anomaly of an anomaly model, else null
 * @param fault of a fault model, else null
 * @param remainingLife of a model of remaining life, else null
 * @param parameters further numbers that the model needs beside its graph, by name; finite
 * @param training where the model comes from
 * @param figures what was measured
 * @param files SHA-256 (64 hex digits) of the graph and of each variables file, by path in the model's folder
 */
public record MachineCard(
        String name,
        String version,
        String task,
        String description,
        ModelCard.Signature signature,
        Columns columns,
        Window window,
        Anomaly anomaly,
        Fault fault,
        RemainingLife remainingLife,
        Map<String, List<Double>> parameters,
        ModelCard.Training training,
        List<Figure> figures,
        Map<String, String> files)
        implements ModelCard {

    /** Scores any sensor, each on its own, without having been trained on it. */
    public static final String GENERAL_ANOMALY = "machine-anomaly-general";

    /** Scores the machines whose normal behaviour it was trained on. */
    public static final String ANOMALY = "machine-anomaly";

    /** Tells which fault or condition a machine has. */
    public static final String FAULT = "machine-fault";

    /** Tells how long a machine will last. */
    public static final String REMAINING_LIFE = "machine-rul";

    /** All tasks of machine models. */
    public static final Set<String> TASKS = new TreeSet<>(Set.of(GENERAL_ANOMALY, ANOMALY, FAULT, REMAINING_LIFE));

    /**
     * Names of the columns of the training data, empty where there was none.
     *
     * @param machine names the machine
     * @param time time of the row
     * @param group what belongs together within a machine: a run, a file
     * @param target what was learnt
     */
    public record Columns(String machine, String time, String group, String target) {
        public Columns {
            CardCheck.present("columns.machine", machine);
            CardCheck.present("columns.time", time);
            CardCheck.present("columns.group", group);
            CardCheck.present("columns.target", target);
        }
    }

    /**
     * The steps that a model reads: the graph's input {@code window}, {@code float32 [batch, length, sensors]}.
     *
     * @param length rows, 1 or more
     * @param beginning so many steps after a machine was first seen have their mean in the first row, the others are the last steps;
     *     0: all rows are the last steps
     * @param warmUp steps that a machine must have had before it is scored, 1 to length
     * @param sensors name of each channel, one or more
     * @param means mean of each channel in the training data, in place of a sensor that was never seen
     */
    public record Window(int length, int beginning, int warmUp, List<String> sensors, List<Double> means) {
        public Window {
            CardCheck.that(length >= 1 && length <= 100_000, "window.length", length, "1 to 100000");
            CardCheck.that(
                    beginning >= 0 && (beginning == 0 || length >= 2), "window.beginning", beginning, "0 or more");
            CardCheck.that(warmUp >= 1 && warmUp <= length, "window.warmUp", warmUp, "1 to " + length);
            sensors = List.copyOf(CardCheck.present("window.sensors", sensors));
            CardCheck.that(!sensors.isEmpty(), "window.sensors", sensors, "one or more");
            CardCheck.that(new HashSet<>(sensors).size() == sensors.size(), "window.sensors", sensors, "no name twice");
            means = List.copyOf(CardCheck.present("window.means", means));
            CardCheck.that(means.size() == sensors.size(), "window.means", means, "as many as sensors");
            CardCheck.that(means.stream().allMatch(Double::isFinite), "window.means", means, "finite numbers");
        }

        public float[] meansAsFloats() {
            var values = new float[means.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = means.get(i).floatValue();
            }
            return values;
        }
    }

    /**
     * @param threshold from this score on a step counts as odd, above 0 and below 1
     */
    public record Anomaly(double threshold) {
        public Anomaly {
            CardCheck.that(threshold > 0 && threshold < 1, "anomaly.threshold", threshold, "above 0, below 1");
        }
    }

    /**
     * @param labels condition of each column of the output, two or more
     * @param normal which of them are no fault
     */
    public record Fault(List<String> labels, List<String> normal) {
        public Fault {
            labels = List.copyOf(CardCheck.present("fault.labels", labels));
            CardCheck.that(labels.size() >= 2, "fault.labels", labels, "two or more");
            CardCheck.that(new HashSet<>(labels).size() == labels.size(), "fault.labels", labels, "no label twice");
            normal = List.copyOf(CardCheck.present("fault.normal", normal));
            CardCheck.that(labels.containsAll(normal), "fault.normal", normal, "some of " + labels);
        }
    }

    /**
     * @param levels levels of the quantiles, rising, above 0 and below 1
     * @param cap remaining life above this was taken as this in training, in the unit of the target; above 0
     */
    public record RemainingLife(List<Double> levels, double cap) {
        public RemainingLife {
            levels = List.copyOf(CardCheck.present("remainingLife.levels", levels));
            boolean rising = true;
            double last = 0;
            for (double level : levels) {
                rising &= level > last && level < 1;
                last = level;
            }
            CardCheck.that(rising, "remainingLife.levels", levels, "rising, above 0 and below 1");
            CardCheck.that(cap > 0 && cap < 1e12, "remainingLife.cap", cap, "above 0");
        }
    }

    /**
     * A measurement.
     *
     * @param data name of the set
     * @param part which part of it, {@code validation} where nothing was learnt from
     * @param measure what was measured, such as {@code RMSE}
     * @param rows rows or machines measured
     * @param value what came out
     */
    public record Figure(String data, String part, String measure, int rows, double value) {}

    public MachineCard {
        CardCheck.identifier("name", name);
        CardCheck.identifier("version", version);
        CardCheck.that(task != null && TASKS.contains(task), "task", task, TASKS.toString());
        description = description == null ? "" : description;
        CardCheck.present("signature", signature);
        if (!task.equals(GENERAL_ANOMALY)) {
            CardCheck.present("columns", columns);
            CardCheck.present("window", window);
        }
        switch (task) {
            case FAULT -> CardCheck.present("fault", fault);
            case REMAINING_LIFE -> CardCheck.present("remainingLife", remainingLife);
            default -> CardCheck.present("anomaly", anomaly);
        }
        parameters = parameters == null ? Map.of() : new TreeMap<>(parameters);
        parameters.forEach((parameter, values) -> CardCheck.that(
                values != null && values.stream().allMatch(value -> value != null && Double.isFinite(value)),
                "parameters." + parameter,
                values,
                "finite numbers"));
        CardCheck.present("training", training);
        figures = figures == null ? List.of() : List.copyOf(figures);
        files = new TreeMap<>(CardCheck.present("files", files));
    }

    /**
     * Reads the card of a model without looking at its other files.
     *
     * @param folder folder of one version of a model
     * @throws dev.vorrang.scoring.model.ModelRefusedException if folder or card is missing, or the card is not valid
     */
    public static MachineCard read(Path folder) {
        return ModelCards.read(folder, MachineCard.class, TASKS);
    }

    /** Name and version, as scores carry them. */
    public ModelRef reference() {
        return new ModelRef(name, version);
    }

    /**
     * Numbers that the model needs.
     *
     * @throws IllegalArgumentException if the card does not have them
     */
    public double[] parameter(String parameter) {
        return Optional.ofNullable(parameters.get(parameter))
                .orElseThrow(() -> new IllegalArgumentException("field 'parameters." + parameter + "' is missing"))
                .stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }
}
