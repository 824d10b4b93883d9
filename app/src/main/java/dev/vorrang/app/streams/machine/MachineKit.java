package dev.vorrang.app.streams.machine;

import dev.vorrang.app.bench.BenchStream;
import dev.vorrang.app.crash.ModelFaults;
import dev.vorrang.app.crash.Workload;
import dev.vorrang.app.kit.Check;
import dev.vorrang.app.kit.DemoSource;
import dev.vorrang.app.kit.KitBench;
import dev.vorrang.app.kit.Source;
import dev.vorrang.app.kit.StreamCommand;
import dev.vorrang.app.kit.StreamCommand.Group;
import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.kit.StreamWords;
import dev.vorrang.app.kit.TopicDocs;
import dev.vorrang.app.kit.TopicDocs.Codes;
import dev.vorrang.app.kit.TopicDocs.Entry;
import dev.vorrang.app.settings.IngestSettings;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.StreamSection;
import dev.vorrang.app.stream.SourceChecks;
import dev.vorrang.app.streams.machine.command.AcceptCommand;
import dev.vorrang.app.streams.machine.command.EvaluateMachineCommand;
import dev.vorrang.app.streams.machine.command.MaintenanceCommand;
import dev.vorrang.app.streams.machine.command.ReplayMachineCommand;
import dev.vorrang.app.streams.machine.command.ScoreMachineCommand;
import dev.vorrang.app.streams.machine.command.TrainMachineCommand;
import dev.vorrang.app.streams.machine.demo.MachineDemo;
import dev.vorrang.app.streams.machine.score.ScoringRules;
import dev.vorrang.app.streams.machine.source.MachineSources;
import dev.vorrang.app.streams.machine.terminal.MachineColumns;
import dev.vorrang.app.terminal.AlertTable;
import dev.vorrang.app.terminal.AlertView;
import dev.vorrang.app.terminal.Cells;
import dev.vorrang.app.terminal.StreamView;
import dev.vorrang.console.Console;
import dev.vorrang.console.machine.MachineConsole;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.schemas.view.MachineAlertView;
import dev.vorrang.schemas.view.OutputView;
import dev.vorrang.scoring.action.ActionRule;
import dev.vorrang.scoring.action.ActionSource;
import dev.vorrang.scoring.engine.StreamEnvironment;
import dev.vorrang.scoring.engine.metrics.Metric;
import dev.vorrang.scoring.machine.AlertReason;
import dev.vorrang.scoring.machine.MachineActions;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.MachineStream;
import dev.vorrang.scoring.machine.StepScorer;
import dev.vorrang.scoring.machine.model.MachineModels;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The machine stream for the program and its tools. */
public final class MachineKit implements StreamKit<MachineStreamSettings, MachineModel> {

    private static final int SUMMARY_LINES = 30;

    @Override
    public StreamWords words() {
        return new StreamWords("readings", "The readings are those of the demo's machines, of which there are 200.");
    }

    @Override
    public StreamSection<MachineStreamSettings> settings() {
        return MachineStreamSettings.SECTION;
    }

    @Override
    public MachineModel load(Path folder, ModelOptions options) {
        return MachineModels.load(folder, options);
    }

    @Override
    public MachineModel faulty(MachineModel model, ModelFaults faults) {
        return new FaultyMachineModel(model, faults);
    }

    @Override
    public TopicSet<SensorReading> topics(MachineStreamSettings settings, Topics names) {
        return MachineStream.topics(names, settings.routes().names());
    }

    /** What a source cannot read goes to the dead letters. */
    @Override
    public List<Topic<?>> sourceTopics(MachineStreamSettings settings, Topics names, IngestSettings ingest) {
        return List.of(names.machineReadings(), names.machineDeadLetters());
    }

    @Override
    public List<Source> sources(IngestSettings ingest, Topics names, Map<String, String> registry) {
        return ingest.of(MachineSources.SECTION).stream()
                .map(source -> new Source(
                        "machines",
                        source.name(),
                        source.name() + ": " + source.connector(),
                        MachineSources.config(source, names, registry)))
                .toList();
    }

    @Override
    public List<Supplier<Check>> checks(IngestSettings ingest) {
        var names = new Topics("");
        return SourceChecks.of(
                "machines",
                ingest.of(MachineSources.SECTION),
                source -> MachineSources.config(source, names, Map.of()));
    }

    @Override
    public Optional<Console.Shown> console(MachineStreamSettings settings, Topics names) {
        return Optional.of(new Console.Shown(new MachineConsole(names), MachineConsole.operated(names)));
    }

    @Override
    public Optional<ActionSource<?>> actions(MachineStreamSettings settings, Topics names) {
        return Optional.of(MachineActions.source(names));
    }

    @Override
    public List<ActionRule> demoActions() {
        return List.of(ActionRule.of("light-lamp", name(), "kind == \"ANOMALY\" && state != \"CLEARED\"", "lamp"));
    }

    @Override
    public List<OutputView<?>> views() {
        return List.of(new MachineAlertView());
    }

    /** Scores have no headline, but the table needs them. */
    @Override
    public List<Topic<?>> shown(MachineStreamSettings settings, Topics names) {
        return List.of(names.machineScored(), names.machineAlerts());
    }

    @Override
    public StreamView terminal(boolean colours, List<String> footer) {
        return new AlertView<>(
                MachineColumns.ROWS,
                new AlertTable<>(
                        "Vorrang  ·  the plant's machines, most pressing first",
                        new Cells(colours),
                        new MachineColumns()),
                SUMMARY_LINES);
    }

    @Override
    public Optional<Supplier<DemoSource>> demoSource(Path folder, Clock clock) {
        return Optional.of(() -> MachineDemo.start(folder.resolve("mqtt"), clock));
    }

    @Override
    public Metric scored() {
        return Metric.MACHINE_SCORED;
    }

    @Override
    public MachineStream define(
            MachineStreamSettings settings, List<MachineModel> models, Topics names, StreamEnvironment environment) {
        return new MachineStream(
                environment,
                names,
                new StepScorer(models, settings.stream().batch()),
                settings.types(models),
                settings.routes(),
                settings.stream().batch(),
                settings.cachedMachines(),
                settings.store() == MachineStreamSettings.Store.MEMORY);
    }

    @Override
    public BenchStream bench(Path model, Duration delay, ModelOptions options) {
        return new KitBench<>(
                this,
                load(model, options),
                model,
                delay,
                new KitBench.Plan<>(MachineBench.records(), MachineBench::standIn, MachineBench::shape));
    }

    @Override
    public List<StreamCommand> commands(Function<Path, Settings> settings) {
        return List.of(
                StreamCommand.alone(new MaintenanceCommand(settings)),
                StreamCommand.alone(new AcceptCommand(settings)),
                StreamCommand.in(Group.REPLAY, new ReplayMachineCommand(settings)),
                StreamCommand.in(Group.SCORE, new ScoreMachineCommand(file -> rules(settings.apply(file)))),
                StreamCommand.in(Group.TRAIN, new TrainMachineCommand()),
                StreamCommand.in(Group.EVALUATE, new EvaluateMachineCommand()));
    }

    private static ScoringRules rules(Settings settings) {
        MachineStreamSettings own = settings.of(MachineStreamSettings.SECTION);
        return new ScoringRules(own.stream().models(), own::types);
    }

    @Override
    public TopicDocs docs(Topics names) {
        return new TopicDocs(
                List.of(
                        new Entry(names.machineReadings(), "Machine connectors: each reading."),
                        new Entry(names.machineScored(), "Scoring: the result of the models for each reading."),
                        new Entry(names.machineAlerts(), "Scoring: alerts that are raised, updated and cleared."),
                        new Entry(
                                names.machineMaintenance(),
                                "`vorrang maintenance`, or your own program: machines in maintenance."),
                        new Entry(
                                names.machineAccepted(),
                                "`vorrang accept`, or your own program: what is open of a machine is normal."),
                        new Entry(
                                names.machineDeadLetters(),
                                "Connectors and scoring: payloads that are not readings, and readings that could not be scored, with original bytes and cause."),
                        new Entry(
                                names.machineRoute(TopicDocs.QUEUE),
                                "Scoring: the alerts routed to a queue, one topic for each queue.")),
                List.of(Codes.of("MachineAlert", AlertReason.values(), AlertReason::code, AlertReason::doc)));
    }

    @Override
    public Workload workload(Topics topics, AvroSerdes serdes, long seed, int records) {
        return Workload.of(topics(settings().defaults(), topics), serdes, seed, new MachineWorkload(topics, records));
    }
}
