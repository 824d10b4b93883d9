package dev.vorrang.app.streams.machine.command;

import dev.vorrang.app.command.options.Bars;
import dev.vorrang.app.command.options.Failures;
import dev.vorrang.app.command.options.OutputFile;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.ErrorText;
import dev.vorrang.app.program.Home;
import dev.vorrang.app.settings.StreamSettings;
import dev.vorrang.app.streams.machine.score.AlertTable;
import dev.vorrang.app.streams.machine.score.MachineScorer;
import dev.vorrang.app.streams.machine.score.ScoringRules;
import dev.vorrang.app.streams.machine.score.ShippedModel;
import dev.vorrang.scoring.engine.batch.ModelFailingException;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.MachineTypes;
import dev.vorrang.scoring.machine.model.MachineCard;
import dev.vorrang.scoring.machine.model.MachineModels;
import dev.vorrang.scoring.model.ModelRefusedException;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.machine.MachineRows;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang score machine}: scores readings from a file, without Kafka. */
@Command(
        name = "machine",
        description =
                "Scores the readings of a CSV file, without Kafka: one JSON line a row, in the order of the file.",
        footer = {
            "",
            "The score of a row sees only the rows of its machine up to it. Columns that are not named are called as"
                    + " in the",
            "training data of the model. Fields: machine, time, status, anomaly, sensors, fault, rul, rulQuantiles.",
            "Alerts: machine, kind, state, start, time, peak, the main contributors, separated by semicolons, and type."
        },
        sortOptions = false)
public final class ScoreMachineCommand implements Callable<Integer> {

    @Option(
            names = "--in",
            required = true,
            paramLabel = "FILE.csv[.gz]",
            description = "CSV file in UTF-8, comma or semicolon.")
    private Path in;

    @Option(names = "--out", required = true, paramLabel = "FILE.jsonl", description = "File to write; replaced.")
    private Path out;

    @Option(
            names = "--alerts",
            paramLabel = "FILE.csv",
            description = "File for the alerts that the stream would raise, update and clear; replaced.")
    private Optional<Path> alerts = Optional.empty();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Folder of one version of a model. Default: the general anomaly model that ships.")
    private Optional<Path> model;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings file: its models, types and thresholds hold. Default: none of it, and one model.")
    private Optional<Path> config = Optional.empty();

    @Mixin
    private ReadingColumnOptions columns = new ReadingColumnOptions();

    @Spec
    private CommandSpec spec;

    private final Function<Path, ScoringRules> settings;

    /** @param settings reads what a settings file says of machines */
    public ScoreMachineCommand(Function<Path, ScoringRules> settings) {
        this.settings = settings;
    }

    @Override
    public Integer call() {
        OutputFile.require("--out", out);
        alerts.ifPresent(file -> OutputFile.require("--alerts", file));
        if (config.isPresent() && model.isPresent()) {
            throw CommandFailedException.wrongUsage("--model: with --config, the models are those of the settings");
        }
        ScoringRules rules =
                config.map(settings).orElseGet(() -> ScoringRules.of(model.orElseGet(ShippedModel::folder)));
        Path first = Home.resolve(rules.models().get(0).folder());
        try (MachineRows rows = MachineRows.open(in, columns.asIn(MachineCard.read(first), Optional.empty()));
                var loaded = new LoadedModels(rules.models())) {
            long count = write(loaded.models(), rules.types().apply(loaded.models()), rows);
            spec.commandLine().getOut().printf("%d rows scored, see %s%n", count, out);
            return ExitCode.OK;
        } catch (ModelRefusedException | TrainingDataException e) {
            throw Failures.of(e);
        } catch (ModelFailingException e) {
            throw new CommandFailedException(e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailedException(ErrorText.of(e), e);
        }
    }

    /** The models, which are closed together. */
    private static final class LoadedModels implements AutoCloseable {

        private final List<MachineModel> models = new ArrayList<>();

        LoadedModels(List<StreamSettings.Model> chosen) {
            try {
                chosen.forEach(each -> models.add(MachineModels.load(Home.resolve(each.folder()), each.options())));
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }

        List<MachineModel> models() {
            return List.copyOf(models);
        }

        @Override
        public void close() {
            models.forEach(MachineModel::close);
        }
    }

    private long write(List<MachineModel> loaded, MachineTypes types, MachineRows rows) throws IOException {
        if (alerts.isEmpty()) {
            return write(loaded, types, rows, (row, alert) -> {});
        }
        var count = new AtomicLong();
        OutputFile.write(alerts.get(), writer -> {
            var table = new AlertTable(writer, !types.types().isEmpty());
            count.set(write(loaded, types, rows, (row, alert) -> table.write(alert)));
            table.flush();
        });
        return count.get();
    }

    private long write(List<MachineModel> loaded, MachineTypes types, MachineRows rows, MachineScorer.Alerted alerted)
            throws IOException {
        var scorer = new MachineScorer(loaded, types, Clock.systemUTC(), alerted);
        var count = new AtomicLong();
        try (Bars bars = Bars.onTerminal("Scoring", -1)) {
            OutputFile.write(out, writer -> count.set(scorer.score(rows, writer, bars::advance)));
        }
        return count.get();
    }
}
