package dev.vorrang.app.streams.demand.command;

import dev.vorrang.app.command.options.Bars;
import dev.vorrang.app.command.options.Failures;
import dev.vorrang.app.command.options.OutputFile;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.ErrorText;
import dev.vorrang.app.streams.demand.score.AlertLines;
import dev.vorrang.app.streams.demand.score.ForecastLines;
import dev.vorrang.app.streams.demand.score.ShippedModel;
import dev.vorrang.scoring.demand.model.DemandCard;
import dev.vorrang.scoring.demand.model.DemandModel;
import dev.vorrang.scoring.demand.model.DemandModels;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.scoring.model.ModelRefusedException;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.demand.DemandColumns;
import dev.vorrang.training.demand.Forecasting;
import dev.vorrang.training.demand.RollingForecast;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang score demand}: forecasts demand from files, without Kafka. */
@Command(
        name = "demand",
        description =
                "Forecasts the demand of a CSV file, without Kafka: one JSON line for each item, origin and step.",
        footer = {
            "",
            "With --rolling each period of --in is forecast from all before it, and then observed, in order of time."
                    + " Without",
            "it, items are forecast once, from the end of their history; --in may then say what is known in advance."
                    + " Columns",
            "that are not named are called as in the training data of the model. Fields: item, origin (the first period"
                    + " forecast),",
            "target, step, mean, quantiles."
        },
        sortOptions = false)
public final class ScoreDemandCommand implements Callable<Integer> {

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Folder of one version of a model. Default: the general model of demand that ships.")
    private Optional<Path> model = Optional.empty();

    @Option(names = "--history", paramLabel = "FILE.csv[.gz]", description = "What was ordered before.")
    private Optional<Path> history = Optional.empty();

    @Option(names = "--in", paramLabel = "FILE.csv[.gz]", description = "The periods to forecast.")
    private Optional<Path> in = Optional.empty();

    @Option(names = "--rolling", description = "Forecast each period of --in from all before it.")
    private boolean rolling;

    @Option(names = "--out", required = true, paramLabel = "FILE.jsonl", description = "File to write; replaced.")
    private Path out;

    @Option(
            names = "--alerts",
            paramLabel = "FILE.jsonl",
            description = "With --rolling: also write the changes of alerts that 'vorrang run' would raise; replaced.")
    private Optional<Path> alerts = Optional.empty();

    @Mixin
    private DemandColumnOptions columns = new DemandColumnOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        OutputFile.require("--out", out);
        alerts.ifPresent(file -> OutputFile.require("--alerts", file));
        if (!rolling && alerts.isPresent()) {
            throw CommandFailedException.wrongUsage(
                    "--alerts: allowed with --rolling, for alerts compare each period with" + " its forecast");
        }
        if (rolling && in.isEmpty()) {
            throw CommandFailedException.wrongUsage("--rolling: name the periods to forecast with --in");
        }
        if (!rolling && history.isEmpty()) {
            throw CommandFailedException.wrongUsage("--history: name the file to forecast from");
        }
        Path chosen = model.orElseGet(ShippedModel::folder);
        try {
            DemandCard card = DemandCard.read(chosen);
            DemandColumns named = columns.asIn(card, history.or(() -> in).orElseThrow());
            try (DemandModel loaded = DemandModels.load(
                    chosen, ModelOptions.defaults(), Optional.of(columns.frame(card, named, rolling)))) {
                spec.commandLine().getOut().printf("%d lines of forecasts, see %s%n", write(loaded, named), out);
            }
            return ExitCode.OK;
        } catch (ModelRefusedException | TrainingDataException e) {
            throw Failures.of(e);
        } catch (IOException e) {
            throw new CommandFailedException(ErrorText.of(e), e);
        }
    }

    private long write(DemandModel loaded, DemandColumns named) throws IOException {
        Forecasting wanted = rolling
                ? Forecasting.each(history, in.orElseThrow(), named)
                : Forecasting.onward(history.orElseThrow(), in, named);
        wanted.notices().forEach(spec.commandLine().getErr()::println);
        var forecasts = new RollingForecast(loaded, wanted.spans(), 1);
        var count = new AtomicLong();
        List<Double> levels = loaded.card().levels();
        try (Bars bars = Bars.onTerminal("Forecasting", forecasts.count())) {
            OutputFile.write(out, writer -> {
                var lines = new ForecastLines(writer, loaded.frame(), levels, named.stepSize());
                withAlerts(
                        loaded,
                        named,
                        alerted -> forecasts.run(forecast -> {
                            lines.take(forecast);
                            alerted.take(forecast);
                            bars.advance(1);
                        }));
                count.set(lines.finish());
            });
        }
        return count.get();
    }

    /** What needs a place for alerts. */
    private interface Alerted {
        void run(RollingForecast.Sink alerts) throws IOException;
    }

    private void withAlerts(DemandModel loaded, DemandColumns named, Alerted work) throws IOException {
        if (alerts.isEmpty()) {
            work.run(forecast -> {});
            return;
        }
        OutputFile.write(alerts.get(), writer -> {
            var lines = new AlertLines(writer, loaded.frame(), loaded.card().levels(), named.stepSize());
            work.run(lines);
            spec.commandLine().getOut().printf("%s, see %s%n", lines.finish(), alerts.get());
        });
    }
}
