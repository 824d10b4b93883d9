package dev.vorrang.app.streams.mail.command;

import dev.vorrang.app.command.options.Bars;
import dev.vorrang.app.command.options.OutputFile;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.program.ErrorText;
import dev.vorrang.app.streams.mail.score.CsvColumns;
import dev.vorrang.app.streams.mail.score.CsvMailReader;
import dev.vorrang.app.streams.mail.score.MailFileReader;
import dev.vorrang.app.streams.mail.score.MailReader;
import dev.vorrang.app.streams.mail.score.MailScorer;
import dev.vorrang.app.streams.mail.score.ShippedModel;
import dev.vorrang.scoring.engine.batch.ModelFailingException;
import dev.vorrang.scoring.mail.MailTriage;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.scoring.model.ModelRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang score mail}: scores mails from files, without Kafka. */
@Command(
        name = "mail",
        description = "Scores mails from files, without Kafka: one JSON line a mail, in the order of the input.",
        sortOptions = false)
public final class ScoreMailCommand implements Callable<Integer> {

    @Option(
            names = "--in",
            required = true,
            paramLabel = "FILE|FOLDER",
            description = "An .eml file, an mbox, a Maildir, a folder of these, or a CSV file in UTF-8, also .csv.gz.")
    private Path in;

    @Option(names = "--out", required = true, paramLabel = "FILE.jsonl", description = "File to write; replaced.")
    private Path out;

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Folder of one version of a model. Default: the model that ships.")
    private Optional<Path> model;

    @Option(
            names = "--cascade",
            paramLabel = "DIR",
            description =
                    "Folder of one version of a large model: it answers the mails that the first one is unsure of.")
    private Optional<Path> cascade;

    @Option(names = "--subject", paramLabel = "COL", description = "CSV column of the subject.")
    private Optional<String> subject;

    @Option(names = "--body", paramLabel = "COL", description = "CSV column of the body.")
    private Optional<String> body;

    @Option(names = "--text", paramLabel = "COL", description = "CSV column of the whole text, in place of --body.")
    private Optional<String> text;

    @Option(
            names = "--no-explain",
            description = "Leave out the words that moved each answer, which costs time to find.")
    private boolean noExplain;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        OutputFile.require("--out", out);
        var clock = Clock.systemUTC();
        try (MailReader mails = open(clock);
                var models = LoadedMailModels.load(model.orElseGet(ShippedModel::folder), cascade, options())) {
            var scorer = new MailScorer(models.predictor(), MailTriage.defaults(), clock);
            long count = write(scorer, mails);
            int failed = scorer.failures().size();
            spec.commandLine().getOut().printf("%d mails scored, see %s%n", count - failed, out);
            mails.notices().forEach(spec.commandLine().getErr()::println);
            mails.leftOut().forEach(spec.commandLine().getErr()::println);
            scorer.failures().forEach(spec.commandLine().getErr()::println);
            return mails.leftOut().isEmpty() && failed == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (ModelRefusedException | ModelFailingException e) {
            throw new CommandFailedException(e.getMessage(), e);
        } catch (IOException e) {
            throw new CommandFailedException(ErrorText.of(e), e);
        }
    }

    private ModelOptions options() {
        return ModelOptions.defaults().withExplain(!noExplain);
    }

    private long write(MailScorer scorer, MailReader mails) throws IOException {
        var count = new AtomicLong();
        try (Bars bars = Bars.onTerminal("Scoring", -1)) {
            OutputFile.write(out, writer -> count.set(scorer.score(mails, writer, bars::advance)));
        }
        return count.get();
    }

    private MailReader open(Clock clock) throws IOException {
        var columns = new CsvColumns(subject, body, text);
        String name = in.toString().toLowerCase(Locale.ROOT);
        boolean csv = !columns.none() || name.endsWith(".csv") || name.endsWith(".csv.gz") || name.endsWith(".tsv");
        if (!csv) {
            return new MailFileReader(in, clock);
        }
        if (columns.none()) {
            throw CommandFailedException.wrongUsage(
                    "--in " + in + " is a CSV file: name its columns with --text, or --subject and --body");
        }
        return new CsvMailReader(in, columns, clock);
    }
}
