package dev.vorrang.app.settings;

import dev.vorrang.app.program.Home;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.batch.TimeLimits;
import dev.vorrang.scoring.machine.AlertSettings;
import dev.vorrang.scoring.machine.IntakeSettings;
import dev.vorrang.scoring.machine.MachineSettings;
import dev.vorrang.scoring.machine.MachineStream;
import dev.vorrang.scoring.model.Device;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How machines are scored.
 *
 * @param applicationId names the consumer group; instances with the same one share the work
 * @param models that score, one or more
 * @param batch when a batch is scored
 * @param rules from readings to steps, and from findings to alerts
 * @param atHand machines whose state is at hand, for each partition
 * @param store where the states of all machines are
 */
public record MachineStreamSettings(
        String applicationId, List<Model> models, BatchSettings batch, MachineSettings rules, int atHand, Store store) {

    /** Where states are kept, besides Kafka. */
    public enum Store {
        DISK,
        MEMORY
    }

    /**
     * A model in service.
     *
     * @param folder of its version
     * @param cardSha256 what its card must have, if that is pinned
     * @param devices what it computes on; those of scoring if none is named
     */
    public record Model(Path folder, Optional<String> cardSha256, List<Device> devices) {

        /** What its graph is put into service with. */
        public ModelOptions options(ModelOptions scoring) {
            var own = scoring.withCard(cardSha256);
            return devices.isEmpty() ? own : own.withDevices(devices);
        }
    }

    private static final IntakeSettings INTAKE = IntakeSettings.defaults();
    private static final AlertSettings ALERTS = AlertSettings.defaults();
    private static final Model GENERAL =
            new Model(Path.of("models", "machine-anomaly", "1"), Optional.empty(), List.of());

    private static final Key<String> APPLICATION_ID = Key.of(
            "machine.application-id",
            Kind.text("1 to 200 of a-z, A-Z, 0-9, '.', '_', '-'", "[a-zA-Z0-9._-]{1,200}"),
            "vorrang-machine",
            "Names the consumer group and the state of the machine stream; instances with the same one share the"
                    + " work.");
    private static final String MODELS = "machine.models";
    private static final Key<Path> FOLDER = Key.of(
            MODELS + "[].folder",
            Kind.path(),
            "Folder of one version of a model; a machine is scored by those whose sensors it has. If none is named, it"
                    + " is the general anomaly model. A model is code: only from where you trust.");
    private static final Key<String> CARD = Key.of(
            MODELS + "[].card-sha256",
            Kind.text("64 hex digits", "[0-9a-fA-F]{64}"),
            "SHA-256 that the model's `assets.extra/model.json` must have, which pins all its files.");
    private static final Key<Integer> BATCH_SIZE =
            Key.of("machine.batch-size", Kind.integer(1, 65_536), "1024", "Most readings in one call of the models.");
    private static final Key<Duration> LINGER = Key.of(
            "machine.linger",
            Kind.duration(Duration.ZERO, Duration.ofMinutes(1)),
            "0ms",
            "Longest a reading waits for others to be scored with.");
    private static final Key<Integer> FAILURE_LIMIT = Key.of(
            "machine.failure-limit",
            Kind.integer(1, Integer.MAX_VALUE),
            "50",
            "So many readings in a row may fail before a model is taken for broken; each of them goes to the dead"
                    + " letters.");
    private static final Key<Device> DEVICES = Key.of(
            MODELS + "[].devices[]",
            ScoringSettings.DEVICE,
            "What it computes on, as with `scoring.devices`, which holds if none is named.");
    private static final Key<Duration> PERIOD = Key.of(
            "machine.period",
            Kind.duration(Duration.ofMillis(1), Duration.ofDays(1)),
            "Length of a step: readings within one are put together. If not set, each reading is a step.");
    private static final Key<Duration> LONGEST_GAP = Key.of(
            "machine.longest-gap",
            Kind.duration(Duration.ofSeconds(1), Duration.ofDays(36_500)),
            INTAKE.longestGap().toDays() + "d",
            "A machine that was silent for longer is taken for a new one.");
    private static final Key<Integer> STUCK_AFTER = Key.of(
            "machine.stuck-after",
            Kind.integer(2, Integer.MAX_VALUE),
            Integer.toString(INTAKE.stuckAfter()),
            "A sensor that used to vary and reads the same for so many steps is stuck.");
    private static final Key<Integer> MOST_SENSORS = Key.of(
            "machine.most-sensors",
            Kind.integer(1, 10_000),
            Integer.toString(INTAKE.mostSensors()),
            "Most sensors of a machine; those that come later are left out, and the scores say so.");
    private static final Key<Double> ANOMALY = Key.of(
            "machine.alerts.anomaly",
            Kind.decimal(0, 1),
            "Score from which a step is odd: 0.99 means that one in a hundred normal steps is taken for odd. If not"
                    + " set, as the model's card says.");
    private static final Key<Double> FAULT = Key.of(
            "machine.alerts.fault",
            Kind.decimal(0, 1),
            Double.toString(ALERTS.fault()),
            "Probability from which a step shows a fault.");
    private static final Key<String> NORMAL = Key.of(
            "machine.alerts.normal[]",
            Kind.text("a label", ".+"),
            "Labels of the fault model that are no fault, besides those that its card names.");
    private static final Key<Double> REMAINING_LIFE = Key.of(
            "machine.alerts.remaining-life",
            Kind.decimal(0, 1e12),
            Double.toString(ALERTS.remainingLife()),
            "Expected remaining life below which there is an alert, in the unit that the model was trained with.");
    private static final Key<Integer> RAISE = Key.of(
            "machine.alerts.raise",
            Kind.integer(1, 64),
            Integer.toString(ALERTS.raise()),
            "An alert is raised when so many of the last `of` steps call for it.");
    private static final Key<Integer> OF = Key.of(
            "machine.alerts.of",
            Kind.integer(1, 64),
            Integer.toString(ALERTS.of()),
            "Steps that are looked at for that.");
    private static final Key<Integer> LASTING = Key.of(
            "machine.alerts.lasting",
            Kind.integer(1, Integer.MAX_VALUE),
            Integer.toString(ALERTS.lasting()),
            "An alert of an anomaly is also raised when so many steps in a row are nearly odd: with a false-alarm rate"
                    + " of up to ten times that of `anomaly`, as when a machine degrades slowly.");
    private static final Key<Integer> CLEAR = Key.of(
            "machine.alerts.clear",
            Kind.integer(1, Integer.MAX_VALUE),
            Integer.toString(ALERTS.clear()),
            "An alert is cleared after so many steps in a row that do not come near calling for it.");
    private static final Key<Integer> UPDATE = Key.of(
            "machine.alerts.update",
            Kind.integer(1, Integer.MAX_VALUE),
            Integer.toString(ALERTS.update()),
            "So many steps lie at least between two reports of an open alert that has grown.");
    private static final Key<Integer> AT_HAND = Key.of(
            "machine.machines-at-hand",
            Kind.integer(1, Integer.MAX_VALUE),
            Integer.toString(MachineStream.DEFAULT_MACHINES_AT_HAND),
            "Machines of a partition whose state is in memory; those of the others are read from the store when they"
                    + " report.");
    private static final Key<Store> STORE = Key.of(
            "machine.store",
            Kind.oneOf(Store.class),
            "disk",
            "Where the states of all machines are, besides Kafka: `disk` or `memory`.");

    /** Those of an empty file. */
    public static MachineStreamSettings defaults() {
        return new MachineStreamSettings(
                "vorrang-machine",
                List.of(GENERAL),
                new BatchSettings(1_024, Duration.ZERO, 50),
                MachineSettings.defaults(),
                MachineStream.DEFAULT_MACHINES_AT_HAND,
                Store.DISK);
    }

    static final List<Key<?>> KEYS = List.of(
            APPLICATION_ID,
            FOLDER,
            CARD,
            DEVICES,
            PERIOD,
            LONGEST_GAP,
            STUCK_AFTER,
            MOST_SENSORS,
            ANOMALY,
            FAULT,
            NORMAL,
            REMAINING_LIFE,
            RAISE,
            OF,
            LASTING,
            CLEAR,
            UPDATE,
            BATCH_SIZE,
            LINGER,
            FAILURE_LIMIT,
            AT_HAND,
            STORE);

    /** @param limits how long the scoring of a batch may take */
    static MachineStreamSettings read(SettingsReader reader, TimeLimits limits) {
        return new MachineStreamSettings(
                reader.get(APPLICATION_ID),
                models(reader),
                new BatchSettings(reader.get(BATCH_SIZE), reader.get(LINGER), reader.get(FAILURE_LIMIT))
                        .withLimits(limits),
                new MachineSettings(
                        new IntakeSettings(
                                reader.find(PERIOD),
                                reader.get(LONGEST_GAP),
                                reader.get(STUCK_AFTER),
                                reader.get(MOST_SENSORS)),
                        alerts(reader)),
                reader.get(AT_HAND),
                reader.get(STORE));
    }

    private static AlertSettings alerts(SettingsReader reader) {
        var normal = new HashSet<>(ALERTS.normal());
        normal.addAll(reader.list(NORMAL));
        var anomaly = reader.find(ANOMALY).map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
        return reader.make(
                        "machine.alerts",
                        () -> new AlertSettings(
                                anomaly,
                                reader.get(FAULT),
                                normal,
                                reader.get(REMAINING_LIFE),
                                reader.get(RAISE),
                                reader.get(OF),
                                reader.get(LASTING),
                                reader.get(CLEAR),
                                reader.get(UPDATE)))
                .orElse(ALERTS);
    }

    /** Notes a problem for each model that is not there, if machines are scored. */
    static void requireModels(SettingsReader reader, Settings settings) {
        if (!settings.scored().contains(ScoringSettings.Stream.MACHINE)) {
            return;
        }
        for (int place = 0; place < reader.size(MODELS); place++) {
            String name = FOLDER.at(place);
            reader.find(FOLDER, place).flatMap(Home::requireModel).ifPresent(problem -> reader.problem(name, problem));
        }
    }

    private static List<Model> models(SettingsReader reader) {
        var models = new ArrayList<Model>();
        for (int place = 0; place < reader.size(MODELS); place++) {
            var card = reader.find(CARD, place);
            var devices = reader.list(DEVICES, place);
            reader.require(FOLDER, "each model has a folder", place)
                    .ifPresent(folder -> models.add(new Model(folder, card, devices)));
        }
        return models.isEmpty() ? List.of(GENERAL) : List.copyOf(models);
    }
}
