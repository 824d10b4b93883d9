package dev.vorrang.app.streams.demand.command;

import dev.vorrang.app.command.options.Bars;
import dev.vorrang.app.command.options.ReportOptions;
import dev.vorrang.app.evaluate.Outcome;
import dev.vorrang.app.evaluate.Report;
import dev.vorrang.app.evaluate.Report.Fact;
import dev.vorrang.app.program.BuildVersion;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.streams.demand.evaluate.DemandEvaluation;
import dev.vorrang.app.streams.demand.score.ShippedModel;
import dev.vorrang.scoring.demand.model.DemandCard;
import dev.vorrang.scoring.demand.model.DemandModel;
import dev.vorrang.scoring.demand.model.DemandModels;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.demand.DemandColumns;
import dev.vorrang.training.demand.Forecasting;
import dev.vorrang.training.demand.RollingForecast;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang evaluate demand}: how good forecasts are of demand that is known, in figures and a page. */
@Command(
        name = "demand",
        description = "Measures a model of demand on periods whose demand is known: figures, and a page with charts.",
        footer = {
            "",
            "Origins lie a horizon apart, and each forecast sees only what came before it. Seasonal naive, exponential"
                    + " smoothing",
            "and Naive2 are computed beside it on the same periods."
        },
        sortOptions = false)
public final class EvaluateDemandCommand implements Callable<Integer> {

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Folder of one version of a model. Default: the general model of demand that ships.")
    private Optional<Path> model = Optional.empty();

    @Option(names = "--history", paramLabel = "FILE.csv[.gz]", description = "What was ordered before.")
    private Optional<Path> history = Optional.empty();

    @Option(names = "--in", paramLabel = "FILE.csv[.gz]", description = "The periods to forecast.")
    private Optional<Path> in = Optional.empty();

    @Option(
            names = "--last",
            paramLabel = "N",
            description = "Without --in: forecast the last N periods of each item of --history. Default: the horizon")
    private Optional<Integer> last = Optional.empty();

    @Option(
            names = "--naive-season",
            paramLabel = "N",
            description = "Season of MASE and of the simple forecasts. Default: the model's season")
    private Optional<Integer> naiveSeason = Optional.empty();

    @Mixin
    private DemandColumnOptions columns = new DemandColumnOptions();

    @Mixin
    private ReportOptions files = new ReportOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        files.check();
        if (in.isEmpty() && history.isEmpty()) {
            throw CommandFailedException.wrongUsage("--in: name the periods to forecast, or a file with --history");
        }
        last.filter(periods -> periods < 1 || in.isPresent()).ifPresent(periods -> {
            throw CommandFailedException.wrongUsage("--last " + periods + ": allowed is 1 or more, and without --in");
        });
        naiveSeason.filter(periods -> periods < 1).ifPresent(periods -> {
            throw CommandFailedException.wrongUsage("--naive-season " + periods + ": allowed is 1 or more");
        });
        return files.evaluate(this::evaluate, spec.commandLine());
    }

    private Report evaluate() throws IOException {
        Path chosen = model.orElseGet(ShippedModel::folder);
        DemandCard card = DemandCard.read(chosen);
        DemandColumns named = columns.asIn(card, history.or(() -> in).orElseThrow());
        try (DemandModel loaded = DemandModels.load(
                chosen, ModelOptions.defaults(), Optional.of(columns.frame(card, named, in.isPresent())))) {
            int horizon = loaded.frame().horizon();
            Forecasting wanted = in.map(file -> Forecasting.each(history, file, named))
                    .orElseGet(() -> Forecasting.last(history.orElseThrow(), last.orElse(horizon), named));
            wanted.notices().forEach(spec.commandLine().getErr()::println);
            var evaluation = new DemandEvaluation(
                    loaded.card().levels(), naiveSeason.orElse(loaded.frame().season()), wanted.spans());
            var forecasts = new RollingForecast(loaded, wanted.spans(), horizon);
            try (Bars bars = Bars.onTerminal("Forecasting", forecasts.count())) {
                forecasts.run(forecast -> {
                    evaluation.take(forecast);
                    bars.advance(1);
                });
            }
            return report(card, horizon, evaluation.outcome());
        } catch (IllegalArgumentException e) {
            throw new TrainingDataException(e.getMessage(), e);
        }
    }

    private Report report(DemandCard card, int horizon, Outcome outcome) {
        String data = in.or(() -> history).orElseThrow().getFileName().toString();
        return new Report(
                "Forecasts of demand: " + data,
                List.of(
                        new Fact("model", "Model", card.name()),
                        new Fact("version", "Version", card.version()),
                        new Fact("data", "Data", data),
                        new Fact("horizon", "Horizon", horizon),
                        new Fact("forecasts", "Periods forecast", outcome.compared()),
                        new Fact(
                                "date", "Date", LocalDate.now(Clock.systemUTC()).toString()),
                        new Fact("program", "Program", "vorrang " + BuildVersion.number())),
                outcome);
    }
}
