package dev.vorrang.app.streams.machine;

import dev.vorrang.app.program.Home;
import dev.vorrang.app.settings.Key;
import dev.vorrang.app.settings.Kind;
import dev.vorrang.app.settings.Section;
import dev.vorrang.app.settings.SettingsReader;
import dev.vorrang.app.settings.StreamSettings;
import dev.vorrang.scoring.machine.AlertSettings;
import dev.vorrang.scoring.machine.MachineSettings;
import dev.vorrang.scoring.machine.NamePattern;
import dev.vorrang.scoring.machine.judge.TypeNormal;
import dev.vorrang.scoring.machine.model.TypeNormals;
import dev.vorrang.scoring.model.ModelRefusedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** The keys {@code streams.machine.types}. */
final class MachineTypeKeys {

    private static final String LIST = "streams." + MachineStreamSettings.NAME + ".types";

    static final Section KEYS = new Section(
            LIST + "[]",
            "Types of machines",
            "Types of machines, and what belongs to them. A machine is of the first type one of whose patterns matches its name.");

    private static final Key<String> NAME = KEYS.add(Key.of(
                    "name",
                    Kind.text("up to 100 of a-z, A-Z, 0-9, '.', '_', '-'", "[a-zA-Z0-9._-]{1,100}"),
                    "Name of the type, as alerts, routes and actions have it.")
            .example("press"));
    private static final Key<NamePattern> MACHINES = KEYS.add(Key.of(
                    "machines[]",
                    Kind.text()
                            .map(NamePattern::of)
                            .named(
                                    "the name of a machine, or a pattern in which * stands for any characters and ? for one"),
                    "Names of its machines, or patterns: `*` stands for any characters, `?` for one.")
            .example("[\"press-*\", \"hall-2/press-*\"]"));
    private static final Key<Path> NORMAL = KEYS.add(Key.of(
                    "normal",
                    Kind.path(),
                    "Initial state for new machines of the type, as written by `vorrang train machine --type`. It does not"
                            + " change machines that already have a state.")
            .example("/var/lib/vorrang/models/press-normal/1"));
    private static final Key<Path> MODELS = KEYS.add(Key.of(
                    "models[]",
                    Kind.path(),
                    "Folders of the models that score its machines, each listed in `streams.machine.models`. They score no"
                            + " other machines. Default: the models that no type lists.")
            .example("[models/machine-anomaly/1]"));
    private static final Key<Double> ANOMALY = KEYS.add(Key.of(
                    "alerts.anomaly",
                    Kind.decimal(0, 1),
                    "For its machines, instead of `streams.machine.alerts.anomaly`.")
            .example("0.995"));
    private static final Key<Double> FAULT = KEYS.add(
            Key.of("alerts.fault", Kind.decimal(0, 1), "For its machines, instead of `streams.machine.alerts.fault`.")
                    .example("0.7"));
    private static final Key<Double> REMAINING_LIFE = KEYS.add(Key.of(
                    "alerts.remaining-life",
                    Kind.decimal(0, 1e12),
                    "For its machines, instead of `streams.machine.alerts.remaining-life`.")
            .example("50"));

    private final SettingsReader reader;
    private final MachineSettings general;
    private final List<Path> models;

    private MachineTypeKeys(SettingsReader reader, MachineSettings general, List<Path> models) {
        this.reader = reader;
        this.general = general;
        this.models = models;
    }

    /**
     * A type as the settings have it.
     *
     * @param rules for its machines
     * @param models folders of those that score its machines; empty for the models that no type names
     */
    record Type(
            String name,
            List<NamePattern> machines,
            MachineSettings rules,
            List<Path> models,
            Optional<TypeNormal> normal) {}

    /**
     * The types that are valid; what is wrong with the others, the reader has as problems.
     *
     * @param general rules of machines without a type
     */
    static List<Type> read(SettingsReader reader, MachineSettings general, StreamSettings stream) {
        var keys = new MachineTypeKeys(
                reader,
                general,
                stream.models().stream().map(StreamSettings.Model::folder).toList());
        var types = new ArrayList<Type>();
        var names = new HashSet<String>();
        var patterns = new HashMap<String, String>();
        for (int place = 0; place < reader.size(LIST); place++) {
            keys.type(place, names, patterns).ifPresent(types::add);
        }
        return List.copyOf(types);
    }

    private Optional<Type> type(int place, Set<String> names, Map<String, String> patterns) {
        Optional<String> name = reader.require(NAME, "each type has a name", place);
        List<NamePattern> machines = reader.list(MACHINES, place);
        if (reader.size(MACHINES.at(place).replaceFirst("\\[]$", "")) == 0 && machines.isEmpty()) {
            reader.problem(
                    MACHINES.at(place), "is not set: each type has machines; allowed is a list of names or patterns");
        }
        name.filter(each -> !names.add(each))
                .ifPresent(twice -> reader.problem(
                        NAME.at(place), "'" + twice + "' stands twice; allowed is a name for each type"));
        for (NamePattern machine : machines) {
            String other = patterns.putIfAbsent(machine.toString(), name.orElse(""));
            if (other != null) {
                reader.problem(
                        MACHINES.at(place),
                        "'" + machine + "' is of type '" + other + "' already; allowed is each pattern once");
            }
        }
        Optional<MachineSettings> rules = reader.make(
                KEYS.path().replace("[]", "[" + place + "]") + ".alerts",
                () -> new MachineSettings(general.intake(), alerts(place)));
        List<Path> own = models(place);
        Optional<TypeNormal> normal =
                reader.find(NORMAL, place).flatMap(folder -> reader.make(NORMAL.at(place), () -> load(folder)));
        return name.isEmpty() || machines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Type(name.get(), machines, rules.orElse(general), own, normal));
    }

    private AlertSettings alerts(int place) {
        AlertSettings all = general.alerts();
        return new AlertSettings(
                reader.find(ANOMALY, place).map(OptionalDouble::of).orElse(all.anomaly()),
                reader.find(FAULT, place).orElse(all.fault()),
                all.normal(),
                reader.find(REMAINING_LIFE, place).orElse(all.remainingLife()),
                all.raise(),
                all.of(),
                all.lasting(),
                all.clear(),
                all.update());
    }

    private List<Path> models(int place) {
        List<Path> own = reader.list(MODELS, place);
        own.stream()
                .filter(folder -> !models.contains(folder))
                .forEach(folder -> reader.problem(
                        MODELS.at(place),
                        "'" + folder + "' is none of streams.machine.models; allowed is one of " + models));
        return own;
    }

    private static TypeNormal load(Path folder) {
        try {
            return TypeNormals.load(Home.resolve(folder));
        } catch (ModelRefusedException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
