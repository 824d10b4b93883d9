package dev.vorrang.app.streams.demand.command;

import dev.vorrang.app.command.options.Bars;
import dev.vorrang.app.command.options.Failures;
import dev.vorrang.app.command.options.NewModelOptions;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.scoring.demand.model.DemandCard;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;
import dev.vorrang.training.demand.DemandColumns;
import dev.vorrang.training.demand.DemandTrainer;
import dev.vorrang.training.demand.DemandTrainingSettings;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang train demand}: from CSV files of demand to a model that {@code score demand} and the stream can use. */
@Command(
        name = "demand",
        description = "Trains a model of demand from CSV files of order lines or totals, in UTF-8.",
        footer = {
            "",
            "One model learns from all items. It learns twice: without the last periods, on which its figures are"
                    + " measured,",
            "and then from all. The same data, options and seed give the same weights on the same kind of processor."
        },
        sortOptions = false)
public final class TrainDemandCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE.csv[.gz]",
            description = "Data set; may be given several times.")
    private List<Path> data;

    @Mixin
    private DemandColumnOptions columns = new DemandColumnOptions();

    @Option(
            names = "--steps",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Steps of learning, of " + DemandTrainer.WINDOWS + " windows each. Default: ${DEFAULT-VALUE}")
    private int steps;

    @Mixin
    private NewModelOptions made = new NewModelOptions();

    @Option(names = "--licence", defaultValue = "not stated", description = "Licence of the data, for the model card.")
    private String licence;

    @Option(names = "--source", defaultValue = "not stated", description = "Origin of the data, for the model card.")
    private String source;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        made.check();
        try (var progress = new Shown(spec.commandLine().getErr())) {
            print(new DemandTrainer(settings(), progress).train());
            return ExitCode.OK;
        } catch (TrainingDataException | UncheckedIOException e) {
            throw Failures.of(e);
        }
    }

    private DemandTrainingSettings settings() {
        DemandColumns named = columns.toTrain(data.get(0));
        try {
            return new DemandTrainingSettings(
                    data,
                    named,
                    columns.frame(named),
                    steps,
                    made.name("demand"),
                    made.version(),
                    made.description(),
                    licence,
                    source,
                    made.seed(),
                    made.out());
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongUsage(e.getMessage());
        }
    }

    private void print(DemandCard card) {
        PrintWriter console = spec.commandLine().getOut();
        console.printf("Model %s version %s is in %s%n", card.name(), card.version(), made.out());
        card.figures()
                .forEach(figure -> console.printf(
                        Locale.ROOT,
                        "  %-24s %-10s %7d forecasts  %s %.4f%n",
                        figure.data(),
                        figure.part(),
                        figure.rows(),
                        figure.measure(),
                        figure.value()));
    }

    /** Progress as a bar on a terminal, else as a line now and then. */
    private static final class Shown implements TrainingProgress, AutoCloseable {

        private final PrintWriter console;
        private Bars bars = Bars.none();

        Shown(PrintWriter console) {
            this.console = console;
        }

        @Override
        public void read(List<String> notices) {
            notices.forEach(console::println);
            console.flush();
        }

        @Override
        public void started(int trainingRows, int validationRows, long steps) {
            console.printf("%d periods to learn from, %d to measure on%n", trainingRows, validationRows);
            console.flush();
            bars = Bars.onTerminal("Training", steps);
        }

        @Override
        public void stageStarted(String stage, long rows) {
            if (!bars.shown()) {
                console.println("learning " + stage);
                console.flush();
            }
        }

        @Override
        public void learned(int rows) {
            bars.advance(rows);
        }

        @Override
        public void epochEnded(int step, double trainingLoss, double validationLoss) {
            String told = String.format(Locale.ROOT, "step %d, loss %.4f", step, trainingLoss);
            bars.note(told);
            if (!bars.shown()) {
                console.println(told);
                console.flush();
            }
        }

        @Override
        public void close() {
            bars.close();
        }
    }
}
