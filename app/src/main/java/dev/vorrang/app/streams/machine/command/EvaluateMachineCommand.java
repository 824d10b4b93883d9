package dev.vorrang.app.streams.machine.command;

import dev.vorrang.app.command.options.Bars;
import dev.vorrang.app.command.options.ReportOptions;
import dev.vorrang.app.evaluate.Outcome;
import dev.vorrang.app.evaluate.Report;
import dev.vorrang.app.evaluate.Report.Fact;
import dev.vorrang.app.program.BuildVersion;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.streams.machine.evaluate.AnomalyEvaluation;
import dev.vorrang.app.streams.machine.evaluate.Evaluation;
import dev.vorrang.app.streams.machine.evaluate.FaultEvaluation;
import dev.vorrang.app.streams.machine.evaluate.RemainingLifeEvaluation;
import dev.vorrang.app.streams.machine.evaluate.TrueWindows;
import dev.vorrang.app.streams.machine.evaluate.Truth;
import dev.vorrang.app.streams.machine.score.MachineScorer;
import dev.vorrang.app.streams.machine.score.ShippedModel;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.MachineSettings;
import dev.vorrang.scoring.machine.MachineTypes;
import dev.vorrang.scoring.machine.model.MachineCard;
import dev.vorrang.scoring.machine.model.MachineModels;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.training.UnknownColumnException;
import dev.vorrang.training.machine.MachineColumns;
import dev.vorrang.training.machine.MachineLabels;
import dev.vorrang.training.machine.MachineRows;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang evaluate machine}: how good a model is on a file whose truth is known, in figures and a page. */
@Command(
        name = "machine",
        description =
                "Measures a model of machines on a CSV file whose truth is known: figures, and a page with charts.",
        footer = {
            "",
            "The truth of an anomaly model is a column of 0 and 1, where the sensors at fault, with semicolons between,",
            "may stand in place of 1, or a JSON file of windows: a list of [from, to], or an object with such a list for",
            "each machine or data file. That of a fault model is the condition, that of a model of remaining life a",
            "number. Rows without a truth are scored and not measured. Columns that are not named are called as in the",
            "training data of the model. Rows are scored as by 'score machine', each seeing only the rows up to it."
        },
        sortOptions = false)
public final class EvaluateMachineCommand implements Callable<Integer> {

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Folder of one version of a model. Default: the general anomaly model that ships.")
    private Optional<Path> model;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE.csv[.gz]",
            description = "CSV file in UTF-8, comma or semicolon.")
    private Path data;

    @Mixin
    private ReadingColumnOptions columns = new ReadingColumnOptions();

    @Option(names = "--target", paramLabel = "COL", description = "Column of the truth.")
    private Optional<String> target;

    @Option(
            names = "--labels",
            paramLabel = "FILE.csv",
            description = "File that has the truth for each machine, or for each machine and time.")
    private Optional<Path> labels;

    @Option(
            names = "--windows",
            paramLabel = "FILE.json",
            description = "File of the times at which machines were anomalous.")
    private Optional<Path> windows;

    @Option(
            names = "--threshold",
            paramLabel = "SCORE",
            description = "From this score on a row is an alarm, with an anomaly model. Default: the model's")
    private Optional<Double> threshold;

    @Mixin
    private ReportOptions files = new ReportOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        files.check();
        Path chosen = model.orElseGet(ShippedModel::folder);
        return files.evaluate(
                () -> {
                    MachineCard card = MachineCard.read(chosen);
                    check(card);
                    return evaluate(chosen, card);
                },
                spec.commandLine());
    }

    /** Options that do not go together. */
    private void check(MachineCard card) {
        boolean anomaly = card.anomaly() != null;
        windows.filter(any -> !anomaly).ifPresent(file -> {
            throw CommandFailedException.wrongUsage("--windows " + file + ": the model " + card.name()
                    + " has the task " + card.task() + "; allowed are --target and --labels");
        });
        threshold.filter(any -> !anomaly).ifPresent(value -> {
            throw CommandFailedException.wrongUsage("--threshold " + value + ": the model " + card.name()
                    + " has the task " + card.task() + ", which has no threshold");
        });
        threshold.filter(value -> !(value > 0 && value <= 1)).ifPresent(value -> {
            throw CommandFailedException.wrongUsage("--threshold " + value + ": allowed is above 0, at most 1");
        });
        if (windows.isPresent() && (target.isPresent() || labels.isPresent())) {
            throw CommandFailedException.wrongUsage(
                    "--windows " + windows.get() + ": the truth comes either from there or from --target and --labels");
        }
        if (windows.isEmpty() && targetColumn(card).isEmpty()) {
            throw CommandFailedException.wrongUsage(
                    "no truth: name its column with --target (with --labels where it is in" + " another file)"
                            + (anomaly ? ", or give its windows with --windows" : ""));
        }
    }

    /** The option, else what the target was called in training. */
    private Optional<String> targetColumn(MachineCard card) {
        return target.or(() -> windows.isPresent()
                ? Optional.empty()
                : Optional.ofNullable(card.columns())
                        .map(MachineCard.Columns::target)
                        .filter(name -> !name.isEmpty()));
    }

    private Report evaluate(Path folder, MachineCard card) throws IOException {
        MachineColumns named = columns.asIn(card, targetColumn(card));
        Optional<MachineLabels> known = labels.map(file -> MachineLabels.read(file, named));
        try (MachineRows rows = MachineRows.open(data, named)) {
            named.target().filter(column -> known.isEmpty()).ifPresent(column -> requireColumn(column, rows));
            Evaluation evaluation = evaluation(card, rows.sensors(), named, known);
            long count;
            try (MachineModel loaded = MachineModels.load(folder, ModelOptions.defaults());
                    Bars bars = Bars.onTerminal("Scoring", -1)) {
                var scorer = new MachineScorer(
                        List.of(loaded),
                        MachineTypes.none(MachineSettings.defaults()),
                        Clock.systemUTC(),
                        evaluation::alert);
                count = scorer.score(rows, evaluation::add, bars::advance);
            }
            return report(card, named, count, evaluation.outcome());
        }
    }

    private void requireColumn(String column, MachineRows rows) {
        if (!rows.header().contains(column)) {
            throw new UnknownColumnException(
                    "data file " + data + " has no column '" + column + "' for the target; it has " + rows.header());
        }
    }

    private Evaluation evaluation(
            MachineCard card, List<String> sensors, MachineColumns named, Optional<MachineLabels> known) {
        var truth = new Truth(named.target().orElse(""), known);
        if (card.fault() != null) {
            return new FaultEvaluation(card.fault().labels(), truth);
        }
        if (card.remainingLife() != null) {
            return new RemainingLifeEvaluation(card.remainingLife(), truth);
        }
        double limit = threshold.orElse(card.anomaly().threshold());
        if (windows.isEmpty()) {
            return new AnomalyEvaluation(sensors, limit, row -> truth.odd(row, sensors));
        }
        TrueWindows odd = TrueWindows.read(windows.get(), data);
        return new AnomalyEvaluation(sensors, limit, odd::of);
    }

    private Report report(MachineCard card, MachineColumns named, long count, Outcome outcome) {
        String from = windows.map(file -> "windows in " + file.getFileName())
                .orElseGet(() -> "column " + named.target().orElse("")
                        + labels.map(file -> " of " + file.getFileName()).orElse(""));
        var subject = new ArrayList<>(List.of(
                new Fact("model", "Model", card.name()),
                new Fact("version", "Version", card.version()),
                new Fact("task", "Task", card.task()),
                new Fact("data", "Data", data.getFileName().toString()),
                new Fact("rows", "Rows", count),
                new Fact("rowsMeasured", "Rows measured", outcome.compared()),
                new Fact("truth", "Truth", from),
                new Fact("date", "Date", LocalDate.now(Clock.systemUTC()).toString()),
                new Fact("program", "Program", "vorrang " + BuildVersion.number())));
        if (isInTraining(card)) {
            subject.add(new Fact(
                    "note",
                    "Note",
                    "the model was trained on data of this name; on data that it has seen every figure is too good"));
        }
        return new Report("Evaluation of " + card.name() + " " + card.version(), subject, outcome);
    }

    private boolean isInTraining(MachineCard card) {
        String name = data.getFileName().toString();
        return card.training().data().stream().anyMatch(set -> set.name().equals(name));
    }
}
