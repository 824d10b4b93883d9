package dev.vorrang.app.streams.mail.command;

import dev.vorrang.app.command.options.Failures;
import dev.vorrang.app.command.options.NewModelOptions;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.streams.mail.fetch.BaseFile;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.mail.AdapterCard;
import dev.vorrang.training.mail.LargeTrainer;
import dev.vorrang.training.mail.LargeTrainingSettings;
import dev.vorrang.training.mail.LargeTrainingSettings.Recipe;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang train mail-large}: an adapter that makes a mail model of a published BERT. */
@Command(
        name = "mail-large",
        description = {
            "Trains an adapter and heads for a published multilingual BERT, from CSV files as 'train mail' reads them.",
            "'vorrang model fetch' makes a mail model of the base and the adapter."
        },
        footer = {
            "",
            "Example:",
            "  vorrang train mail-large --base base.jar --data mails.csv --subject subject --body body --urgency urgency \\",
            "    --out models/mine-adapter/1",
            "  vorrang model fetch mail-large --adapter models/mine-adapter/1 --base base.jar --out models/mine-large/1"
        },
        sortOptions = false)
public final class TrainLargeMailCommand implements Callable<Integer> {

    @Option(
            names = "--base",
            required = true,
            paramLabel = "FILE.jar",
            description = "The base: " + BaseFile.MULTILINGUAL + " of a Maven repository.")
    private Path base;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE.csv",
            description = "Data set, as for 'train mail'. May be given several times.")
    private List<Path> data;

    @Mixin
    private MailColumnOptions columns = new MailColumnOptions();

    @Mixin
    private NewModelOptions made = new NewModelOptions();

    @Option(
            names = "--layers",
            defaultValue = "8",
            description = "Layers of the base that are used, the lowest ones. Default: ${DEFAULT-VALUE}")
    private int layers;

    @Option(
            names = "--frozen",
            defaultValue = "6",
            description =
                    "Layers without an adapter, the lowest ones: they are worked out once. Default: ${DEFAULT-VALUE}")
    private int frozen;

    @Option(names = "--rank", defaultValue = "8", description = "Rank of the adapter. Default: ${DEFAULT-VALUE}")
    private int rank;

    @Option(
            names = "--max-length",
            defaultValue = "96",
            description = "Tokens of a mail that are learned from; 256 are read later. Default: ${DEFAULT-VALUE}")
    private int maxLength;

    @Option(names = "--epochs", defaultValue = "2", description = "Passes over the data. Default: ${DEFAULT-VALUE}")
    private int epochs;

    @Option(names = "--rate", defaultValue = "0.001", description = "Highest step. Default: ${DEFAULT-VALUE}")
    private float rate;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description = "Adapter to go on from, of the same base, layers, rank and labels.")
    private Optional<Path> from;

    @Option(
            names = "--half",
            description = "Multiplies in bfloat16: less than half the time on processors with AMX, more on others.")
    private boolean half;

    @Option(
            names = "--precision",
            defaultValue = "0.9",
            description = "How often a head should be right where it does not abstain. Default: ${DEFAULT-VALUE}")
    private double precision;

    @Option(
            names = "--languages",
            split = ",",
            paramLabel = "CODE",
            description = "Languages that the model knows, such as en,de: it abstains in others. Default: any")
    private List<String> languages = List.of();

    @Option(names = "--mapping", paramLabel = "FILE.csv", description = "Translates labels, as for 'train mail'.")
    private Optional<Path> mapping;

    @Option(names = "--sources", paramLabel = "FILE.csv", description = "Licence and origin of the data, for the card.")
    private Optional<Path> sources;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        made.check();
        try (var progress = new TrainingShown(spec.commandLine().getErr())) {
            AdapterCard card = new LargeTrainer(settings(), progress).train();
            spec.commandLine()
                    .getOut()
                    .printf("Adapter %s version %s is in %s%n", card.name(), card.version(), made.out());
            for (MailCard.Figure figure : card.figures()) {
                TrainingShown.print(figure, spec.commandLine().getOut());
            }
            return ExitCode.OK;
        } catch (TrainingDataException | UncheckedIOException e) {
            throw Failures.of(e);
        }
    }

    private LargeTrainingSettings settings() {
        try {
            return new LargeTrainingSettings(
                    base,
                    BaseFile.MULTILINGUAL,
                    "Apache-2.0",
                    data,
                    columns.named(),
                    mapping,
                    sources,
                    made.name("mail-large"),
                    made.version(),
                    made.description(),
                    languages,
                    from,
                    new Recipe(layers, frozen, rank, maxLength, epochs, rate, half),
                    precision,
                    made.seed(),
                    made.out());
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongUsage(e.getMessage());
        }
    }
}
