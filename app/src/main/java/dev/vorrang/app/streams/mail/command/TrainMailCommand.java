package dev.vorrang.app.streams.mail.command;

import dev.vorrang.app.command.options.Failures;
import dev.vorrang.app.command.options.NewModelOptions;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.mail.Corrections;
import dev.vorrang.training.mail.MailTrainer;
import dev.vorrang.training.mail.TrainingSettings;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang train mail}: from CSV files to a model that {@code score mail} and the stream can use. */
@Command(
        name = "mail",
        description = "Trains a mail model from CSV files of old mails whose topic, sentiment or priority is known.",
        footer = {
            "",
            "A file needs a column of the mail and one of a label; of the other columns it may lack some.",
            "Rows without a text or label are left out, and labels on one text alone; the command tells how many.",
            "The same data, options and seed give the same weights.",
            "",
            "Example:",
            "  vorrang train mail --data tickets.csv --subject Subject --body Text --topic Category --out models/mine/1",
            "  vorrang score mail --in new.csv --subject Subject --body Text --model models/mine/1 --out scores.jsonl"
        },
        sortOptions = false)
public final class TrainMailCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE.csv",
            description = {
                "Data set: CSV in UTF-8, also .csv.gz; the first line names the columns.",
                "Separated by comma, semicolon, tab or bar. May be given several times."
            })
    private List<Path> data;

    @Option(
            names = "--corrections",
            paramLabel = "FILE.csv",
            description =
                    "Mails whose scores people have corrected, as 'vorrang corrections export' writes them: to learn"
                            + " from as well.")
    private Optional<Path> corrections;

    @Option(
            names = "--corrections-weight",
            defaultValue = "" + Corrections.DEFAULT_WEIGHT,
            paramLabel = "N",
            description = "How much a corrected mail counts beside one of --data. Default: ${DEFAULT-VALUE}")
    private double correctionsWeight;

    @Mixin
    private MailColumnOptions columns = new MailColumnOptions();

    @Mixin
    private NewModelOptions made = new NewModelOptions();

    @Option(names = "--epochs", description = "Passes over the data. Default: a number that suits its size")
    private Optional<Integer> epochs = Optional.empty();

    @Option(
            names = "--precision",
            defaultValue = "0.9",
            description = "How often a head should be right where it does not abstain; it never abstains on more than a"
                    + " fifth for that. Default: ${DEFAULT-VALUE}")
    private double precision;

    @Option(
            names = "--languages",
            split = ",",
            paramLabel = "CODE",
            description = "Languages that the model knows, such as en,de: it abstains in others. Default: any")
    private List<String> languages = List.of();

    @Option(
            names = "--variants",
            defaultValue = "0",
            paramLabel = "N",
            description =
                    "With --group: texts to learn from beside each mail, altered in greeting, signature, typing and tone."
                            + " Default: ${DEFAULT-VALUE}")
    private int variants;

    @Option(
            names = "--out-of-scope",
            paramLabel = "FILE.csv",
            description =
                    "Mails that belong to none of the topics, in the same columns, so that the model learns to abstain"
                            + " on such.")
    private Optional<Path> outOfScope;

    @Option(
            names = "--from",
            paramLabel = "DIR",
            description =
                    "Model to start from: its layers below the heads are kept, and new heads are learned. For few mails.")
    private Optional<Path> from;

    @Option(
            names = "--fine-tune",
            description = "With --from, a model that this program has trained: the layers below learn as well.")
    private boolean fineTune;

    @Option(
            names = "--own-layers",
            split = ",",
            paramLabel = "HEAD[=PASSES]",
            mapFallbackValue = "0",
            description =
                    "Heads such as sentiment that get layers of their own beside those of all heads, which what others learn"
                            + " does not wear down, and passes over their rows. Default: none; as many passes as --epochs")
    private Map<String, Integer> own = Map.of();

    @Option(
            names = "--mapping",
            paramLabel = "FILE.csv",
            description = "Translates labels: columns file,head,from,to. See training/README.md.")
    private Optional<Path> mapping;

    @Option(
            names = "--sources",
            paramLabel = "FILE.csv",
            description = "Licence and origin of the data for the model card: columns file,name,licence,source,note.")
    private Optional<Path> sources;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        made.check();
        try (var progress = new TrainingShown(spec.commandLine().getErr())) {
            print(new MailTrainer(settings(), progress).train());
            return ExitCode.OK;
        } catch (TrainingDataException | UncheckedIOException e) {
            throw Failures.of(e);
        }
    }

    private TrainingSettings settings() {
        try {
            return new TrainingSettings(
                    data,
                    columns.named(),
                    corrections.map(file -> new Corrections(file, correctionsWeight)),
                    mapping,
                    sources,
                    made.name("mail"),
                    made.version(),
                    made.description(),
                    made.seed(),
                    epochs.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                    precision,
                    languages,
                    variants,
                    outOfScope,
                    from,
                    fineTune,
                    own,
                    made.out());
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongUsage(e.getMessage());
        }
    }

    private void print(MailCard card) {
        PrintWriter console = spec.commandLine().getOut();
        console.printf(
                "Model %s version %s is in %s, after %d passes%n",
                card.name(), card.version(), made.out(), card.training().epochs());
        for (MailCard.Figure figure : card.figures()) {
            TrainingShown.print(figure, console);
        }
    }
}
