package dev.vorrang.app.streams.demand;

import dev.vorrang.app.bench.BenchStream;
import dev.vorrang.app.crash.ModelFaults;
import dev.vorrang.app.crash.Workload;
import dev.vorrang.app.kit.Check;
import dev.vorrang.app.kit.DemoSource;
import dev.vorrang.app.kit.KitBench;
import dev.vorrang.app.kit.Source;
import dev.vorrang.app.kit.StreamCommand;
import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.kit.StreamWords;
import dev.vorrang.app.kit.TopicDocs;
import dev.vorrang.app.kit.TopicDocs.Codes;
import dev.vorrang.app.kit.TopicDocs.Entry;
import dev.vorrang.app.settings.IngestSettings;
import dev.vorrang.app.settings.Settings;
import dev.vorrang.app.settings.StreamSection;
import dev.vorrang.app.stream.SourceChecks;
import dev.vorrang.app.streams.demand.command.DemandCommands;
import dev.vorrang.app.streams.demand.demo.DemandDemo;
import dev.vorrang.app.streams.demand.source.DemandSources;
import dev.vorrang.app.streams.demand.terminal.DemandColumns;
import dev.vorrang.app.terminal.AlertTable;
import dev.vorrang.app.terminal.AlertView;
import dev.vorrang.app.terminal.Cells;
import dev.vorrang.app.terminal.StreamView;
import dev.vorrang.console.Console;
import dev.vorrang.console.demand.DemandConsole;
import dev.vorrang.schemas.DemandObservation;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.schemas.view.DemandAlertView;
import dev.vorrang.schemas.view.DemandForecastView;
import dev.vorrang.schemas.view.OutputView;
import dev.vorrang.scoring.action.ActionSource;
import dev.vorrang.scoring.demand.DemandActions;
import dev.vorrang.scoring.demand.DemandReason;
import dev.vorrang.scoring.demand.DemandStream;
import dev.vorrang.scoring.demand.ForecastShape;
import dev.vorrang.scoring.demand.model.DemandModel;
import dev.vorrang.scoring.demand.model.DemandModels;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import dev.vorrang.scoring.engine.ModelSlot;
import dev.vorrang.scoring.engine.StreamEnvironment;
import dev.vorrang.scoring.engine.metrics.Metric;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The demand stream for the program and its tools. */
public final class DemandKit implements StreamKit<DemandStreamSettings, DemandModel> {

    private static final int SUMMARY_LINES = 40;

    @Override
    public StreamWords words() {
        return new StreamWords("observations", "Each is the total of a day, and leads to a forecast.");
    }

    @Override
    public StreamSection<DemandStreamSettings> settings() {
        return DemandStreamSettings.SECTION;
    }

    /** For periods and a horizon as the settings have them by default. */
    @Override
    public DemandModel load(Path folder, ModelOptions options) {
        return load(settings().defaults(), folder, options);
    }

    @Override
    public DemandModel load(DemandStreamSettings settings, Path folder, ModelOptions options) {
        return DemandModels.load(folder, options, Optional.of(settings.frame()));
    }

    @Override
    public DemandModel faulty(DemandModel model, ModelFaults faults) {
        return new FaultyDemandModel(model, faults);
    }

    @Override
    public TopicSet<DemandObservation> topics(DemandStreamSettings settings, Topics names) {
        return DemandStream.topics(names, settings.rules().counts());
    }

    /** What a source cannot read goes to the dead letters. */
    @Override
    public List<Topic<?>> sourceTopics(DemandStreamSettings settings, Topics names, IngestSettings ingest) {
        return List.of(names.demandObserved(), names.demandDeadLetters());
    }

    @Override
    public List<Source> sources(IngestSettings ingest, Topics names, Map<String, String> registry) {
        return ingest.of(DemandSources.SECTION).stream()
                .map(source -> new Source(
                        "demand",
                        source.name(),
                        source.name() + ": " + source.connector(),
                        DemandSources.config(source, names, registry)))
                .toList();
    }

    @Override
    public List<Supplier<Check>> checks(IngestSettings ingest) {
        var names = new Topics("");
        return SourceChecks.of(
                "demand", ingest.of(DemandSources.SECTION), source -> DemandSources.config(source, names, Map.of()));
    }

    @Override
    public Optional<Console.Shown> console(DemandStreamSettings settings, Topics names) {
        return Optional.of(new Console.Shown(new DemandConsole(names), DemandConsole.operated(names)));
    }

    @Override
    public Optional<ActionSource<?>> actions(DemandStreamSettings settings, Topics names) {
        return Optional.of(DemandActions.source(names, lag(settings.frame().period())));
    }

    /** Of two periods: the one that an alert tells of, and the grace after it. Steps have no time of day. */
    private static Duration lag(DemandPeriod period) {
        return switch (period) {
            case HOUR -> Duration.ofHours(2);
            case DAY -> Duration.ofDays(2);
            case WEEK -> Duration.ofDays(14);
            case STEP -> Duration.ofDays(36_500);
        };
    }

    @Override
    public List<OutputView<?>> views() {
        return List.of(new DemandForecastView(), new DemandAlertView());
    }

    @Override
    public List<Topic<?>> shown(DemandStreamSettings settings, Topics names) {
        return List.of(names.demandForecast(), names.demandAlerts());
    }

    @Override
    public StreamView terminal(boolean colours, List<String> footer) {
        return new AlertView<>(
                DemandColumns.ROWS,
                new AlertTable<>(
                        "Vorrang  ·  the warehouse's articles, most pressing first",
                        new Cells(colours),
                        new DemandColumns()),
                SUMMARY_LINES);
    }

    @Override
    public Optional<Supplier<DemoSource>> demoSource(Path folder, Clock clock) {
        return Optional.of(() -> DemandDemo.start(folder.resolve("orders"), clock));
    }

    @Override
    public Metric scored() {
        return Metric.DEMAND_FORECASTS;
    }

    @Override
    public DemandStream define(
            DemandStreamSettings settings, List<DemandModel> models, Topics names, StreamEnvironment environment) {
        DemandModel model = models.get(0);
        return new DemandStream(
                environment,
                names,
                new ModelSlot<>(model, settings.stream().batch()),
                ForecastShape.of(model),
                settings.rules(),
                settings.stream().batch(),
                settings.cachedItems(),
                settings.store() == DemandStreamSettings.Store.MEMORY);
    }

    @Override
    public List<StreamCommand> commands(Function<Path, Settings> settings) {
        return DemandCommands.all(settings);
    }

    @Override
    public BenchStream bench(Path model, Duration delay, ModelOptions options) {
        return new KitBench<>(
                this,
                load(model, options),
                model,
                delay,
                new KitBench.Plan<>(DemandBench.records(), DemandBench::standIn, any -> 1));
    }

    @Override
    public TopicDocs docs(Topics names) {
        return new TopicDocs(
                List.of(
                        new Entry(
                                names.demandObserved(),
                                "Connectors, `streams.demand.count`, or your own program: order lines, totals and plans."),
                        new Entry(names.demandStock(), "Your own program: stock of items, and how it is replenished."),
                        new Entry(
                                names.demandForecast(),
                                "Scoring: forecasts of the items whose period has closed or was corrected."),
                        new Entry(names.demandAlerts(), "Scoring: alerts that are raised, updated and cleared."),
                        new Entry(
                                names.demandDeadLetters(),
                                "Connectors and scoring: rows that are no observations, and observations that could not be taken, with original bytes and cause; items that a model failed for, by key alone.")),
                List.of(Codes.of("DemandAlert", DemandReason.values(), DemandReason::code, DemandReason::doc)));
    }

    @Override
    public Workload workload(Topics topics, AvroSerdes serdes, long seed, int records) {
        return Workload.of(topics(settings().defaults(), topics), serdes, seed, new DemandWorkload(records));
    }
}
