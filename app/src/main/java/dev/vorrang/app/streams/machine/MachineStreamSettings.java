package dev.vorrang.app.streams.machine;

import dev.vorrang.app.settings.Key;
import dev.vorrang.app.settings.Kind;
import dev.vorrang.app.settings.RouteKeys;
import dev.vorrang.app.settings.Section;
import dev.vorrang.app.settings.SettingsReader;
import dev.vorrang.app.settings.StreamOptions;
import dev.vorrang.app.settings.StreamSection;
import dev.vorrang.app.settings.StreamSettings;
import dev.vorrang.app.streams.machine.score.ShippedModel;
import dev.vorrang.app.streams.machine.source.MachineSources;
import dev.vorrang.schemas.MachineAlert;
import dev.vorrang.scoring.machine.AlertRoutes;
import dev.vorrang.scoring.machine.AlertSettings;
import dev.vorrang.scoring.machine.IntakeSettings;
import dev.vorrang.scoring.machine.MachineActions;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.MachineProfile;
import dev.vorrang.scoring.machine.MachineSettings;
import dev.vorrang.scoring.machine.MachineStream;
import dev.vorrang.scoring.machine.MachineType;
import dev.vorrang.scoring.machine.MachineTypes;
import dev.vorrang.scoring.route.Route;
import dev.vorrang.scoring.route.Routes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How machines are scored.
 *
 * @param stream what every stream has
 * @param rules from readings to steps, and from findings to alerts
 * @param types of machines, in the order in which they are asked
 * @param routes of alerts
 * @param cachedMachines machines whose state is in memory, for each partition
 * @param store where the states of all machines are
 */
public record MachineStreamSettings(
        StreamSettings stream,
        MachineSettings rules,
        List<MachineTypeKeys.Type> types,
        Routes<MachineAlert> routes,
        int cachedMachines,
        Store store)
        implements StreamOptions {

    /** The stream's name. */
    public static final String NAME = "machine";

    /**
     * What holds for each machine.
     *
     * @param models those of the settings, in their order
     */
    public MachineTypes types(List<MachineModel> models) {
        Set<MachineModel> ofTypes =
                types.stream().flatMap(type -> models(type, models).stream()).collect(Collectors.toSet());
        Predicate<MachineModel> ofNone = model -> !ofTypes.contains(model);
        return new MachineTypes(
                new MachineProfile("", rules, ofNone, Optional.empty()),
                types.stream()
                        .map(type -> new MachineType(
                                type.machines(),
                                new MachineProfile(
                                        type.name(),
                                        type.rules(),
                                        type.models().isEmpty() ? ofNone : models(type, models)::contains,
                                        type.normal())))
                        .toList());
    }

    private Set<MachineModel> models(MachineTypeKeys.Type type, List<MachineModel> models) {
        return IntStream.range(0, models.size())
                .filter(place ->
                        type.models().contains(stream.models().get(place).folder()))
                .mapToObj(models::get)
                .collect(Collectors.toSet());
    }

    /** Where states are kept, besides Kafka. */
    public enum Store {
        DISK,
        MEMORY
    }

    private static final IntakeSettings INTAKE = IntakeSettings.defaults();
    private static final AlertSettings ALERT_DEFAULTS = AlertSettings.defaults();

    private static final StreamSettings.Keys STREAM = new StreamSettings.Keys(NAME, ShippedModel.PATH);
    private static final Section KEYS = new Section(STREAM.section().path(), "Machines", "");
    private static final Section ALERTS =
            new Section(KEYS.path() + ".alerts", "Alerts of machines", "When an alert is raised, updated and cleared.");

    private static final RouteKeys ROUTES = new RouteKeys(
            NAME,
            "alerts",
            List.of(
                    new Route("all-shifts", "severity == \"URGENT\" || alert.kind == \"SILENT\"", true),
                    new Route(
                            "hydraulics",
                            "alert.machine.startsWith(\"press\") && alert.sensors.exists(name, name.startsWith(\"oil\"))")));

    private static final Key<Duration> PERIOD = KEYS.add(Key.of(
                    "period",
                    Kind.duration(Duration.ofMillis(1), Duration.ofDays(1)),
                    "Length of a step: readings within a step are combined. Default: each reading is a step.")
            .example("1s"));
    private static final Key<Duration> MAX_GAP = KEYS.add(Key.of(
            "max-gap",
            Kind.duration(Duration.ofSeconds(1), Duration.ofDays(36_500)),
            INTAKE.longestGap().toDays() + "d",
            "A machine without readings for longer is treated as a new one."));
    private static final Key<Integer> STUCK_AFTER = KEYS.add(Key.of(
            "stuck-after",
            Kind.integer(2, Integer.MAX_VALUE),
            Integer.toString(INTAKE.stuckAfter()),
            "Number of equal steps after which a sensor that used to vary is considered stuck."));
    private static final Key<Integer> MAX_SENSORS = KEYS.add(Key.of(
            "max-sensors",
            Kind.integer(1, 10_000),
            Integer.toString(INTAKE.mostSensors()),
            "Maximum number of sensors of a machine. Further ones are ignored, with a note in the scores."));
    private static final Key<Double> ANOMALY = ALERTS.add(Key.of(
                    "anomaly",
                    Kind.decimal(0, 1),
                    "Score from which a step is anomalous: at 0.99, one in a hundred normal steps is a "
                            + "false alarm. Default: the threshold in the model's card.")
            .example("0.99"));
    private static final Key<Double> FAULT = ALERTS.add(Key.of(
            "fault",
            Kind.decimal(0, 1),
            Double.toString(ALERT_DEFAULTS.fault()),
            "Probability from which a step indicates a fault."));
    private static final Key<String> NORMAL = ALERTS.add(Key.of(
                    "normal[]",
                    Kind.text("a label", ".+"),
                    "Labels of the fault model that are not faults, in addition to those in its card.")
            .example("[idle]"));
    private static final Key<Double> REMAINING_LIFE = ALERTS.add(Key.of(
            "remaining-life",
            Kind.decimal(0, 1e12),
            Double.toString(ALERT_DEFAULTS.remainingLife()),
            "Expected remaining life below which an alert is raised, in the unit of the training data."));
    private static final Key<Integer> RAISE = ALERTS.add(Key.of(
            "raise",
            Kind.integer(1, 64),
            Integer.toString(ALERT_DEFAULTS.raise()),
            "Number of alerting steps among the last `of` steps that raises an alert."));
    private static final Key<Integer> OF = ALERTS.add(Key.of(
            "of",
            Kind.integer(1, 64),
            Integer.toString(ALERT_DEFAULTS.of()),
            "Number of last steps that `raise` considers."));
    private static final Key<Integer> LASTING = ALERTS.add(Key.of(
            "lasting",
            Kind.integer(1, Integer.MAX_VALUE),
            Integer.toString(ALERT_DEFAULTS.lasting()),
            "Number of consecutive nearly anomalous steps that also raises an anomaly alert, as when a "
                    + "machine degrades slowly. Nearly: with a false-alarm rate of up to ten times that of "
                    + "`anomaly`."));
    private static final Key<Integer> CLEAR = ALERTS.add(Key.of(
            "clear",
            Kind.integer(1, Integer.MAX_VALUE),
            Integer.toString(ALERT_DEFAULTS.clear()),
            "Number of consecutive steps not near the threshold that clears an alert."));
    private static final Key<Integer> UPDATE = ALERTS.add(Key.of(
            "update",
            Kind.integer(1, Integer.MAX_VALUE),
            Integer.toString(ALERT_DEFAULTS.update()),
            "Minimum number of steps between two updates of an open alert."));
    private static final Key<Integer> CACHED_MACHINES = KEYS.add(Key.of(
            "cached-machines",
            Kind.integer(1, Integer.MAX_VALUE),
            Integer.toString(MachineStream.DEFAULT_MACHINES_AT_HAND),
            "Machines of each partition whose state is cached in memory, at most: fewer if the heap is full. Other states"
                    + " are read from the store on demand."));
    private static final Key<Store> STORE = KEYS.add(Key.of(
            "store",
            Kind.oneOf(Store.class),
            "disk",
            "Store of the machines' states, in addition to Kafka: `disk` or `memory`."));

    /** Where they stand. */
    public static final StreamSection<MachineStreamSettings> SECTION = new StreamSection<>(
                    NAME,
                    MachineStreamSettings.class,
                    List.of(STREAM.section(), KEYS, ALERTS, MachineTypeKeys.KEYS, ROUTES.section()),
                    Optional.of(MachineSources.SECTION),
                    MachineStreamSettings::read)
            .withActions(MachineActions.FIELDS);

    /** @param kafka further settings of Kafka's clients, by Kafka's names */
    private static MachineStreamSettings read(SettingsReader reader, Map<String, String> kafka) {
        StreamSettings stream = STREAM.read(reader, kafka);
        var rules = new MachineSettings(
                new IntakeSettings(
                        reader.find(PERIOD), reader.get(MAX_GAP), reader.get(STUCK_AFTER), reader.get(MAX_SENSORS)),
                alerts(reader));
        return new MachineStreamSettings(
                stream,
                rules,
                MachineTypeKeys.read(reader, rules, stream),
                AlertRoutes.of(ROUTES.read(reader, route -> AlertRoutes.of(List.of(route)))
                        .orElse(List.of())),
                reader.get(CACHED_MACHINES),
                reader.get(STORE));
    }

    private static AlertSettings alerts(SettingsReader reader) {
        var normal = new HashSet<>(ALERT_DEFAULTS.normal());
        normal.addAll(reader.list(NORMAL));
        var anomaly = reader.find(ANOMALY).map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
        return reader.make(
                        ALERTS.path(),
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
                .orElse(ALERT_DEFAULTS);
    }
}
