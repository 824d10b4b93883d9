package dev.vorrang.app.streams.mail.evaluate;

import dev.vorrang.app.evaluate.Excerpt;
import dev.vorrang.app.evaluate.Outcome;
import dev.vorrang.app.evaluate.Outcome.Cell;
import dev.vorrang.app.evaluate.Outcome.Chart;
import dev.vorrang.app.evaluate.Outcome.Measure;
import dev.vorrang.app.evaluate.Outcome.Table;
import dev.vorrang.app.evaluate.Report;
import dev.vorrang.app.evaluate.Report.Fact;
import dev.vorrang.app.evaluate.Report.Part;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.training.mail.MailRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** Compares what a mail model says with what is known to be true. For one thread; holds all mails in memory. */
public final class MailEvaluation {

    private static final int MOST_LABELS_SHOWN = 8;
    private static final List<String> HEADER =
            List.of("head", "mails", "accuracy", "macro-F1", "recall", "ECE", "threshold", "coverage", "answered");

    private final MailCard card;
    private final List<String> files;
    private final List<MailRow> rows;
    private final Map<String, HeadTruth> truths = new LinkedHashMap<>();

    /**
     * @param card of the model
     * @param columns column of each head's label; heads that the model has
     * @param files name of each data file, by the number that the rows have
     * @param rows the mails, with at least one label each
     * @throws dev.vorrang.training.TrainingDataException if a head has no row whose label the model knows, saying what there is
     */
    public MailEvaluation(MailCard card, Map<String, String> columns, List<String> files, List<MailRow> rows) {
        this.card = card;
        this.files = List.copyOf(files);
        this.rows = List.copyOf(rows);
        columns.forEach((head, column) -> truths.put(
                head, HeadTruth.of(head, column, card.heads().get(head).labels(), this.rows)));
    }

    /** What should be known of labels that the model does not know; empty if it knows all. */
    public List<Fact> unknownLabels() {
        return truths.values().stream()
                .filter(truth -> truth.labels().size() > truth.known())
                .map(truth -> {
                    List<Map.Entry<String, Long>> unknown = truth.unknown();
                    long mails = unknown.stream().mapToLong(Map.Entry::getValue).sum();
                    String some = unknown.stream()
                            .limit(MOST_LABELS_SHOWN)
                            .map(entry -> Excerpt.name(entry.getKey()) + " (" + entry.getValue() + ")")
                            .collect(Collectors.joining(", "));
                    return new Fact(
                            "unknownLabels." + truth.head(),
                            "Unknown labels, " + truth.head(),
                            mails + " of " + truth.mails().length + " mails have one of " + unknown.size()
                                    + " that the model does not know, and are counted as wrong: " + some
                                    + (unknown.size() > MOST_LABELS_SHOWN ? ", …" : ""));
                })
                .toList();
    }

    /**
     * What came out.
     *
     * @param answers answers of all heads with a column, to all rows
     * @param strangers answers to mails that belong to no topic, where there are such; the topic has a column then
     * @param order what the priorities are worth, where the urgency is known
     * @param corrections what people corrected, where there are such mails
     */
    public Report report(
            String title,
            List<Fact> subject,
            MailAnswers answers,
            Optional<MailAnswers> strangers,
            Optional<OrderEvaluation> order,
            Optional<CorrectionsEvaluation> corrections) {
        var measures = new ArrayList<>(speed(answers));
        var charts = new ArrayList<Chart>();
        order.ifPresent(evaluation -> measures.addAll(evaluation.measures()));
        strangers.ifPresent(mails -> {
            var outOfScope = new OutOfScopeEvaluation(
                    truths.get("topic"),
                    answers.heads().get("topic"),
                    mails.heads().get("topic"));
            measures.addAll(outOfScope.measures());
            charts.add(outOfScope.chart());
        });
        var overview = new ArrayList<List<Cell>>();
        var parts = new ArrayList<Part>();
        order.ifPresent(evaluation -> parts.add(evaluation.part()));
        truths.forEach((head, truth) -> {
            MailAnswers.Head given = answers.heads().get(head);
            HeadFigures figures = HeadFigures.of(truth, given, mail -> true);
            List<List<Cell>> byFile = byFile(truth, given);
            overview.add(line(head, figures, head));
            byFile.forEach(line -> {
                var named = new ArrayList<>(line);
                named.set(0, Cell.name(head + ": " + line.get(0).text()));
                overview.add(named);
            });
            parts.add(new Part(head, capitalised(head), part(truth, given, figures, byFile)));
        });
        var heads = new Table(
                "",
                "Heads",
                "Recall is the mean over the labels that occur, ECE the expected calibration error, coverage the share of the"
                        + " mails that is answered at the threshold, and answered the accuracy of those.",
                HEADER,
                overview);
        var tables = new ArrayList<Table>();
        if (!overview.isEmpty()) {
            tables.add(heads);
        }
        corrections.ifPresent(evaluation -> {
            tables.add(evaluation.table(answers));
            parts.add(evaluation.part(answers));
        });
        return new Report(title, subject, new Outcome(rows.size(), measures, tables, charts), parts);
    }

    private static List<Measure> speed(MailAnswers answers) {
        return List.of(
                new Measure(
                        "mailsPerSecond",
                        "Mails a second",
                        answers.mails() / answers.seconds(),
                        0,
                        "Calls of the model alone, with " + MailAnswers.BATCH
                                + " mails each, on this machine and with all its cores."),
                new Measure(
                        "charactersPerMail",
                        "Characters a mail",
                        (double) answers.characters() / answers.mails(),
                        0,
                        "Mean length of subject and body together."));
    }

    private Outcome part(HeadTruth truth, MailAnswers.Head given, HeadFigures figures, List<List<Cell>> byFile) {
        var tables = new ArrayList<Table>();
        if (!byFile.isEmpty()) {
            var header = new ArrayList<>(HEADER);
            header.set(0, "file");
            tables.add(new Table("files", "Data files", "The figures of each file alone.", header, byFile));
        }
        tables.addAll(HeadPart.tables(figures, truth));
        tables.add(Mistakes.of(truth, given, rows));
        return new Outcome(
                truth.mails().length,
                HeadPart.measures(figures, truth, threshold(truth.head())),
                tables,
                HeadPart.charts(figures, truth));
    }

    /** A line for each file that has labels for a head, if there are several files. */
    private List<List<Cell>> byFile(HeadTruth truth, MailAnswers.Head given) {
        var lines = new ArrayList<List<Cell>>();
        for (int file = 0; file < files.size() && files.size() > 1; file++) {
            int number = file;
            IntPredicate inFile = mail -> rows.get(mail).dataSet() == number;
            HeadFigures figures = HeadFigures.of(truth, given, inFile);
            if (figures.labels().answers() > 0) {
                lines.add(line(files.get(file), figures, truth.head()));
            }
        }
        return lines;
    }

    private List<Cell> line(String name, HeadFigures figures, String head) {
        return List.of(
                Cell.name(name),
                Cell.figure(figures.labels().answers(), 0),
                Cell.figure(figures.labels().accuracy(), 4),
                Cell.figure(figures.labels().macroF1OfOccurring(), 4),
                Cell.figure(figures.labels().macroRecall(), 4),
                Cell.figure(figures.labels().reliability().expectedCalibrationError(), 4),
                Cell.figure(threshold(head), 4),
                Cell.figure(figures.coverage(), 4),
                Cell.figure(figures.answeredAccuracy(), 4));
    }

    private double threshold(String head) {
        return card.heads().get(head).threshold();
    }

    private static String capitalised(String head) {
        return Character.toUpperCase(head.charAt(0)) + head.substring(1);
    }
}
