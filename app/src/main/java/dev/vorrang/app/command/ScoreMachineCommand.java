package dev.vorrang.app.command;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.ErrorText;
import dev.vorrang.app.program.Home;
import dev.vorrang.app.score.MachineScorer;
import dev.vorrang.scoring.engine.batch.ModelFailingException;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.MachineSettings;
import dev.vorrang.scoring.machine.model.MachineModels;
import dev.vorrang.scoring.model.ModelCards;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.scoring.model.ModelRefusedException;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.machine.MachineRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
            "training data of the model. Fields: machine, time, status, anomaly, sensors, fault, rul, rulQuantiles."
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
            names = "--model",
            paramLabel = "DIR",
            description = "Folder of one version of a model. Default: the general anomaly model that ships.")
    private Optional<Path> model;

    @Mixin
    private ReadingColumnOptions columns = new ReadingColumnOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Path folder = out.toAbsolutePath().getParent();
        if (!Files.isDirectory(folder) || Files.isDirectory(out)) {
            throw CommandFailedException.wrongUsage("--out " + out + ": must be a file in a folder that exists");
        }
        Path part = out.resolveSibling(out.getFileName() + ".part");
        Path chosen = model.orElseGet(() -> Home.models().resolve("machine-anomaly/1"));
        try (MachineRows rows = MachineRows.open(in, columns.asIn(ModelCards.readMachine(chosen), Optional.empty()));
                MachineModel loaded = MachineModels.load(chosen, ModelOptions.defaults())) {
            long count = write(loaded, rows, part);
            Files.move(part, out, StandardCopyOption.REPLACE_EXISTING);
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

    private long write(MachineModel loaded, MachineRows rows, Path part) throws IOException {
        var scorer = new MachineScorer(List.of(loaded), MachineSettings.defaults(), Clock.systemUTC());
        try (var writer = Files.newBufferedWriter(part, StandardCharsets.UTF_8);
                Bars bars = Bars.onTerminal("Scoring", -1)) {
            return scorer.score(rows, writer, bars::advance);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }
}
