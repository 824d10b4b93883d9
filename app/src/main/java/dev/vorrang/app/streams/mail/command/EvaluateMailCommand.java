package dev.vorrang.app.streams.mail.command;

import dev.vorrang.app.command.options.Bars;
import dev.vorrang.app.command.options.ReportOptions;
import dev.vorrang.app.evaluate.Report;
import dev.vorrang.app.evaluate.Report.Fact;
import dev.vorrang.app.program.BuildVersion;
import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.app.streams.mail.evaluate.CascadeEvaluation;
import dev.vorrang.app.streams.mail.evaluate.CorrectionsEvaluation;
import dev.vorrang.app.streams.mail.evaluate.MailAnswers;
import dev.vorrang.app.streams.mail.evaluate.MailEvaluation;
import dev.vorrang.app.streams.mail.evaluate.OrderAnswers;
import dev.vorrang.app.streams.mail.evaluate.OrderEvaluation;
import dev.vorrang.app.streams.mail.score.ShippedModel;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.PriorityPolicy;
import dev.vorrang.scoring.mail.PrioritySettings;
import dev.vorrang.scoring.mail.cascade.CascadeSettings;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.training.mail.CorrectedMail;
import dev.vorrang.training.mail.Corrections;
import dev.vorrang.training.mail.MailColumns;
import dev.vorrang.training.mail.MailRow;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vorrang evaluate mail}: how good a model is on mails whose labels are known, in figures and a page. */
@Command(
        name = "mail",
        description =
                "Measures a mail model on CSV files of mails whose labels are known: figures, and a page with charts.",
        footer = {
            "",
            "A row without a label for a head does not count for that head. A label that the model does not know is"
                    + " counted as",
            "wrong. Rows without a text or any label are left out. docs/mail-models.md says how to read the figures."
        },
        sortOptions = false)
public final class EvaluateMailCommand implements Callable<Integer> {

    private static final String TOPIC = "topic";
    private static final String URGENCY = "urgency";
    private static final Set<String> OF_ORDER = Set.of(URGENCY, "stake");

    @Option(
            names = "--by",
            paramLabel = "COL",
            description = "With --urgency: column whose values have figures of their own, such as the language."
                    + " May be given several times.")
    private List<String> by = List.of();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "Folder of one version of a model. Default: the model that ships.")
    private Optional<Path> model;

    @Option(
            names = "--data",
            paramLabel = "FILE.csv",
            description = {
                "CSV in UTF-8, also .csv.gz; the first line names the columns.",
                "Separated by comma, semicolon, tab or bar. May be given several times."
            })
    private List<Path> data = List.of();

    @Option(
            names = "--corrections",
            paramLabel = "FILE.csv",
            description =
                    "Mails whose scores people have corrected, as 'vorrang corrections export' writes them: how many"
                            + " the model gets right now. Alone or beside --data.")
    private Optional<Path> corrections;

    @Mixin
    private MailColumnOptions columns = new MailColumnOptions();

    @Option(
            names = "--mapping",
            paramLabel = "FILE.csv",
            description = "Translates labels, as in training: columns file,head,from,to.")
    private Optional<Path> mapping;

    @Option(
            names = "--out-of-scope",
            paramLabel = "FILE.csv",
            description = "Mails that belong to no topic, in the same columns: how many of them the model abstains on.")
    private Optional<Path> outOfScope;

    @Option(
            names = "--cascade",
            paramLabel = "DIR",
            description =
                    "Folder of one version of a large model: what it adds if it answers the mails that the model is"
                            + " unsure of, for several thresholds.")
    private Optional<Path> cascade;

    @Mixin
    private ReportOptions files = new ReportOptions();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (data.isEmpty() && corrections.isEmpty()) {
            throw CommandFailedException.wrongUsage("name the mails: --data, --corrections, or both");
        }
        // Without data no label is given but what was corrected, and mails out of scope have the columns of
        // corrections.
        MailColumns named = data.isEmpty() ? Corrections.COLUMNS : columns.named();
        Map<String, String> given = data.isEmpty() ? Map.of() : named.labels();
        files.check();
        Path chosen = model.orElseGet(ShippedModel::folder);
        return files.evaluate(
                () -> {
                    MailCard card = MailCard.read(chosen);
                    check(card, given);
                    return evaluate(chosen, card, named, given);
                },
                spec.commandLine());
    }

    private static void check(MailCard card, Map<String, String> given) {
        given.forEach((head, column) -> {
            if (!card.heads().containsKey(head) && !OF_ORDER.contains(head)) {
                throw CommandFailedException.wrongUsage("--" + head + " " + column + ": the model " + card.name()
                        + " has no such head; it has " + card.heads().keySet());
            }
        });
    }

    private void checkOutOfScope(Map<String, String> labels) {
        outOfScope.filter(file -> !labels.containsKey(TOPIC)).ifPresent(file -> {
            throw CommandFailedException.wrongUsage(
                    "--out-of-scope " + file + ": needs --topic with --data, or --corrections with a topic that was"
                            + " corrected, for it is compared with mails that belong to a topic");
        });
    }

    private Report evaluate(Path folder, MailCard card, MailColumns named, Map<String, String> given) {
        List<CorrectedMail> corrected =
                corrections.map(file -> CorrectedMail.read(file, this::note)).orElse(List.of());
        Map<String, String> labels = labels(card, given, corrected);
        checkOutOfScope(labels);
        List<MailRow> rows = rows(named, corrected);
        var settings = PrioritySettings.defaults();
        var order = new OrderAnswers(PriorityPolicy.of(settings), rows.size());
        Set<String> asked = new LinkedHashSet<>(labels.keySet());
        corrected.forEach(mail -> asked.addAll(mail.scored().keySet()));
        asked.retainAll(card.heads().keySet());
        Optional<List<MailText>> strangers = outOfScope.map(file -> MailRow.texts(file, named, this::note));
        var evaluation = new MailEvaluation(card, labels, names(), rows);
        var ofCorrections =
                corrections.map(file -> new CorrectionsEvaluation(card, corrected, rows.size() - corrected.size()));
        var ofCascade = cascade.map(any -> new CascadeEvaluation(rows, labels.keySet(), settings));
        try (MailModel loaded = MailModel.load(folder, ModelOptions.defaults());
                Bars bars = Bars.onTerminal(
                        "Scoring",
                        (ofCascade.isPresent() ? 2 : 1) * rows.size()
                                + strangers.map(List::size).orElse(0))) {
            List<MailText> texts = rows.stream().map(MailRow::text).toList();
            MailAnswers answers = ask(
                    loaded,
                    asked,
                    texts,
                    (first, mails, said) -> {
                        order.add(first, mails, said);
                        ofCascade.ifPresent(each -> each.addSmall(mails, said));
                    },
                    bars);
            Optional<MailAnswers> others =
                    strangers.map(mails -> ask(loaded, List.of(TOPIC), mails, (first, of, said) -> {}, bars));
            Report report = evaluation.report(
                    "Evaluation of " + card.name() + " " + card.version(),
                    subject(card, truth(given, labels), rows.size(), evaluation, ofCorrections),
                    answers,
                    others,
                    Optional.ofNullable(given.get(URGENCY))
                            .map(column -> new OrderEvaluation(rows, order, settings, by)),
                    ofCorrections);
            return ofCascade
                    .map(each -> report.with(each.table(answers.seconds(), askLarge(each, texts, bars))))
                    .orElse(report);
        }
    }

    /** @return time that it took */
    private double askLarge(CascadeEvaluation evaluation, List<MailText> texts, Bars bars) {
        int size = CascadeSettings.defaults().batchSize();
        try (MailModel large =
                MailModel.load(cascade.orElseThrow(), ModelOptions.defaults().withWarmUp(List.of(1, size)))) {
            return ask(
                            large.inCallsOf(size),
                            List.of(),
                            texts,
                            (first, mails, said) -> evaluation.addLarge(mails, said),
                            bars)
                    .seconds();
        }
    }

    /** Of all files, the corrected mails last. */
    private List<MailRow> rows(MailColumns named, List<CorrectedMail> corrected) {
        var rows = new ArrayList<MailRow>();
        if (!data.isEmpty()) {
            rows.addAll(MailRow.read(data, named, by, mapping, this::note));
        }
        corrected.forEach(mail -> rows.add(mail.row(data.size())));
        return rows;
    }

    /** Columns of the heads that the model has, and that some mail has a label for. */
    private static Map<String, String> labels(MailCard card, Map<String, String> given, List<CorrectedMail> corrected) {
        var labels = new LinkedHashMap<>(given);
        Corrections.COLUMNS.labels().forEach((head, column) -> {
            if (corrected.stream().anyMatch(mail -> mail.right().containsKey(head))) {
                labels.putIfAbsent(head, column);
            }
        });
        labels.keySet().retainAll(card.heads().keySet());
        return labels;
    }

    private static Map<String, String> truth(Map<String, String> given, Map<String, String> labels) {
        var truth = new LinkedHashMap<>(given);
        labels.forEach(truth::putIfAbsent);
        return truth;
    }

    /** Tells of what was left out; on the error stream, for the other may be read by a program. */
    private void note(String notice) {
        spec.commandLine().getErr().println(notice);
    }

    private static MailAnswers ask(
            BatchFunction<MailText, MailPrediction> model,
            Collection<String> heads,
            List<MailText> mails,
            MailAnswers.Predicted each,
            Bars bars) {
        return MailAnswers.of(model, heads, mails, System::nanoTime, each, bars::advance);
    }

    /** Names of the files, with their folders where names alone do not tell them apart. */
    private List<String> names() {
        var all = new ArrayList<>(data);
        corrections.ifPresent(all::add);
        Map<Path, Long> counts = all.stream().collect(Collectors.groupingBy(Path::getFileName, Collectors.counting()));
        return all.stream()
                .map(file -> counts.get(file.getFileName()) == 1 ? file.getFileName() : file)
                .map(Path::toString)
                .toList();
    }

    private List<Fact> subject(
            MailCard card,
            Map<String, String> truth,
            int rows,
            MailEvaluation evaluation,
            Optional<CorrectionsEvaluation> ofCorrections) {
        var subject = new ArrayList<>(List.of(
                new Fact("model", "Model", card.name()),
                new Fact("version", "Version", card.version()),
                new Fact("data", "Data", String.join(", ", names())),
                new Fact("rows", "Mails", rows),
                new Fact(
                        "truth",
                        "Truth",
                        truth.entrySet().stream()
                                .map(entry -> entry.getKey() + " from column " + entry.getValue())
                                .collect(Collectors.joining(", ")))));
        ofCorrections.ifPresent(each -> subject.add(each.scoredBy()));
        mapping.ifPresent(file ->
                subject.add(new Fact("mapping", "Mapping", file.getFileName().toString())));
        outOfScope.ifPresent(file -> subject.add(
                new Fact("outOfScope", "Out of scope", file.getFileName().toString())));
        subject.add(new Fact("date", "Date", LocalDate.now(Clock.systemUTC()).toString()));
        subject.add(new Fact("program", "Program", "vorrang " + BuildVersion.number()));
        subject.addAll(evaluation.unknownLabels());
        if (isInTraining(card)) {
            subject.add(new Fact(
                    "note",
                    "Note",
                    "the model was trained on data of this name; on data that it has seen every figure is too good"));
        }
        return subject;
    }

    private boolean isInTraining(MailCard card) {
        List<String> names =
                card.training().data().stream().map(ModelCard.DataSet::name).toList();
        return data.stream().anyMatch(file -> names.contains(file.getFileName().toString()));
    }
}
