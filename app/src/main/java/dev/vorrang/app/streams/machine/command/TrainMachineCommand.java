package dev.vorrang.app.streams.machine.command;

import dev.vorrang.app.command.options.Bars;
import dev.vorrang.app.command.options.Failures;
import dev.vorrang.app.command.options.NewModelOptions;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.scoring.machine.NamePattern;
import dev.vorrang.scoring.machine.model.MachineCard;
import dev.vorrang.scoring.machine.model.TypeNormalCard;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;
import dev.vorrang.training.machine.MachineColumns;
import dev.vorrang.training.machine.MachineKind;
import dev.vorrang.training.machine.MachineTrainer;
import dev.vorrang.training.machine.MachineTrainingSettings;
import dev.vorrang.training.machine.TypeNormalTrainer;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang train machine}: from CSV files of readings to a model that {@code score machine} and the stream can use. */
@Command(
        name = "machine",
        description =
                "Trains a model of machines, or the normal of a type, from CSV files of readings, in UTF-8, comma or semicolon.",
        footer = {"", "The same data, options and seed give the same weights on the same kind of processor."},
        sortOptions = false)
public final class TrainMachineCommand implements Callable<Integer> {

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description =
                    "What to learn: anomaly (what is normal), fault (which condition), rul (remaining useful life).")
    private Optional<MachineKind> kind = Optional.empty();

    @Option(
            names = "--type",
            paramLabel = "NAME",
            description =
                    "In place of --kind: learns what is normal for machines of this type, which new ones begin with.")
    private Optional<String> type = Optional.empty();

    @Option(
            names = "--machines",
            paramLabel = "PATTERN",
            split = ",",
            description = "Machines of the type, with --type: names, or patterns such as press-*. Default: all.")
    private List<String> machines = List.of();

    @Option(
            names = {"--data", "--in"},
            required = true,
            paramLabel = "FILE.csv[.gz]",
            description = "Data set; may be given several times.")
    private List<Path> data;

    @Option(
            names = "--machine",
            paramLabel = "COL",
            description = "Column of the machine's name. Default: a file is a machine.")
    private Optional<String> machine;

    @Option(
            names = "--time",
            paramLabel = "COL",
            description = "Column of the time: ISO 8601, or a number that rises. Default: the first called as a time.")
    private Optional<String> time;

    @Option(
            names = "--group",
            paramLabel = "COL",
            description = "Column of what belongs together in a machine, a run say; no window reaches over its bounds.")
    private Optional<String> group;

    @Option(
            names = "--sensors",
            paramLabel = "COL",
            split = ",",
            description = "Columns of the sensors. Default: all columns of numbers that are nothing else.")
    private List<String> sensors = List.of();

    @Option(names = "--target", paramLabel = "COL", description = "Column of the fault, or of the remaining life.")
    private Optional<String> target;

    @Option(
            names = "--labels",
            paramLabel = "FILE.csv",
            description = "File that has the target for each machine, or for each machine and time.")
    private Optional<Path> labels;

    @Option(
            names = "--window",
            paramLabel = "STEPS",
            description = "Last steps that the model reads. Default: what suits the kind and the data.")
    private Optional<Integer> window;

    @Option(
            names = "--cap",
            paramLabel = "LIFE",
            description = "Remaining life above this counts as this, with --kind rul. Default: 125")
    private Optional<Double> cap;

    @Option(
            names = "--normal",
            paramLabel = "LABEL",
            split = ",",
            description = "Conditions that are no fault, with --kind fault.")
    private List<String> normal = List.of();

    @Mixin
    private NewModelOptions made = new NewModelOptions();

    @Option(names = "--licence", defaultValue = "not stated", description = "Licence of the data, for the model card.")
    private String licence;

    @Option(names = "--source", defaultValue = "not stated", description = "Origin of the data, for the model card.")
    private String source;

    @Mixin
    private CsvFormatOptions format = new CsvFormatOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (kind.isPresent() == type.isPresent()) {
            throw CommandFailedException.wrongUsage("one of --kind and --type is needed");
        }
        made.check();
        try (var progress = new Shown(spec.commandLine().getErr())) {
            if (type.isPresent()) {
                print(new TypeNormalTrainer(typeSettings(type.get()), progress).train());
            } else {
                print(new MachineTrainer(settings(kind.get()), progress).train());
            }
            return ExitCode.OK;
        } catch (TrainingDataException | UncheckedIOException e) {
            throw Failures.of(e);
        }
    }

    private TypeNormalTrainer.Settings typeSettings(String name) {
        if (target.isPresent() || labels.isPresent() || window.isPresent() || cap.isPresent() || !normal.isEmpty()) {
            throw CommandFailedException.wrongUsage(
                    "--target, --labels, --window, --cap and --normal belong to --kind; --type learns from readings alone");
        }
        try {
            return new TypeNormalTrainer.Settings(
                    data,
                    format.of(new MachineColumns(machine, time, group, sensors, Optional.empty())),
                    machines.stream().map(NamePattern::of).toList(),
                    name,
                    made.version(),
                    made.description(),
                    licence,
                    source,
                    made.out());
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongUsage("--machines: " + e.getMessage());
        }
    }

    private MachineTrainingSettings settings(MachineKind wanted) {
        if (!machines.isEmpty()) {
            throw CommandFailedException.wrongUsage("--machines belongs to --type");
        }
        try {
            return new MachineTrainingSettings(
                    wanted,
                    data,
                    format.of(new MachineColumns(machine, time, group, sensors, target)),
                    labels,
                    window.map(OptionalInt::of).orElse(OptionalInt.empty()),
                    cap.map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                    Set.copyOf(normal),
                    made.name("machine"),
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

    private void print(MachineCard card) {
        spec.commandLine().getOut().printf("Model %s version %s is in %s%n", card.name(), card.version(), made.out());
        print(card.figures());
    }

    private void print(TypeNormalCard card) {
        spec.commandLine()
                .getOut()
                .printf(
                        "Normal of type %s version %s, of %d machines with %d sensors, is in %s%n",
                        card.name(),
                        card.version(),
                        card.machines().size(),
                        card.sensors().size(),
                        made.out());
        print(card.figures());
    }

    private void print(List<MachineCard.Figure> figures) {
        PrintWriter console = spec.commandLine().getOut();
        figures.forEach(figure -> console.printf(
                Locale.ROOT,
                "  %-24s %-10s %7d rows  %s %.4f%n",
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
        public void started(int trainingRows, int validationRows, long steps) {
            console.printf("%d rows to learn from%n", trainingRows);
            console.flush();
            bars = Bars.onTerminal("Training", steps);
        }

        @Override
        public void learned(int rows) {}

        @Override
        public void epochEnded(int epoch, double trainingLoss, double validationLoss) {
            String told = Double.isNaN(trainingLoss)
                    ? "part " + epoch + " done"
                    : String.format(Locale.ROOT, "step %d, loss %.4f", epoch, trainingLoss);
            bars.advance(1);
            bars.note(told);
            if (!bars.shown()) {
                console.println(told);
            }
        }

        @Override
        public void close() {
            bars.close();
        }
    }
}
