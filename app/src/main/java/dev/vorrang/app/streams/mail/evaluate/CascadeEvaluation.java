package dev.vorrang.app.streams.mail.evaluate;

import dev.vorrang.app.evaluate.Outcome.Cell;
import dev.vorrang.app.evaluate.Outcome.Measure;
import dev.vorrang.app.evaluate.Outcome.Table;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.engine.Model;
import dev.vorrang.scoring.engine.ModelSlot;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.batch.Outcome;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.PriorityPolicy;
import dev.vorrang.scoring.mail.PrioritySettings;
import dev.vorrang.scoring.mail.cascade.DeferralRule;
import dev.vorrang.scoring.mail.cascade.MailCascade;
import dev.vorrang.training.mail.MailRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a large model adds to a small one, by how sure the small one must be to answer: both are asked for all mails once, and the
 * cascade puts their answers together by each rule. For one thread; holds all mails and answers in memory.
 */
public final class CascadeEvaluation {

    private static final List<Double> THRESHOLDS = List.of(0.5, 0.6, 0.7, 0.8, 0.9);
    private static final Duration CLOSE_LIMIT = Duration.ofMinutes(1);
    private static final Map<String, String> ORDER = orderColumns();

    private final List<MailRow> rows;
    private final Collection<String> heads;
    private final PrioritySettings settings;
    private final Answers small = new Answers();
    private final Answers large = new Answers();

    /** What one model says. Equal mails have equal answers. */
    private static final class Answers {

        private final Map<MailText, MailPrediction> byMail = new HashMap<>();
        private double seconds;

        void add(List<MailText> mails, List<MailPrediction> predictions) {
            for (int i = 0; i < mails.size(); i++) {
                byMail.put(mails.get(i), predictions.get(i));
            }
        }

        ModelSlot<MailText, MailPrediction> replayed(String name) {
            MailText any = byMail.keySet().iterator().next();
            var model = Model.<MailText, MailPrediction>of(new ModelRef(name, ""), any, mails -> mails.stream()
                    .map(byMail::get)
                    .toList());
            return new ModelSlot<>(model, BatchSettings.defaults());
        }
    }

    /**
     * @param rows all mails
     * @param heads those whose truth is known
     * @param settings of the policy that gives the priorities
     */
    public CascadeEvaluation(List<MailRow> rows, Collection<String> heads, PrioritySettings settings) {
        this.rows = rows;
        this.heads = heads;
        this.settings = settings;
    }

    private static Map<String, String> orderColumns() {
        var columns = new LinkedHashMap<String, String>();
        columns.put("order.auc", "AUC");
        columns.put("order.recallAt5PercentUrgent", "found at 5 %");
        columns.put("order.urgent", "now URGENT");
        columns.put("order.high", "now at least HIGH");
        columns.put("order.falseUrgent", "others URGENT");
        columns.put("order.cost", "cost");
        return columns;
    }

    /** Takes what the small model says of some mails. */
    public void addSmall(List<MailText> mails, List<MailPrediction> predictions) {
        small.add(mails, predictions);
    }

    /** Takes what the large model says of some mails. */
    public void addLarge(List<MailText> mails, List<MailPrediction> predictions) {
        large.add(mails, predictions);
    }

    /**
     * The table, once both models have answered all mails.
     *
     * @param smallSeconds time that the small model took for all mails
     * @param largeSeconds time that the large one took for all mails
     */
    public Table table(double smallSeconds, double largeSeconds) {
        small.seconds = smallSeconds;
        large.seconds = largeSeconds;
        var rule = DeferralRule.defaults();
        var lines = new ArrayList<List<Cell>>();
        lines.add(line("small alone", small.replayed("small").predict(texts())));
        lines.add(line("thresholds of the card", rule));
        THRESHOLDS.forEach(below -> lines.add(line("unsure below " + below, rule.withUnsureBelow(below))));
        lines.add(line("large for all", rule.withAlways()));
        return new Table(
                "cascade",
                "Cascade",
                "Share of the mails that the small model leaves to the large one, accuracy of the heads, figures of the order, and"
                        + " milliseconds a mail, by the probability below which the small model is unsure.",
                header(),
                lines);
    }

    private List<String> header() {
        var header = new ArrayList<>(List.of("rule", "sent"));
        header.addAll(heads);
        if (hasOrder()) {
            header.addAll(ORDER.values());
        }
        header.add("ms a mail");
        return header;
    }

    private boolean hasOrder() {
        return rows.stream().anyMatch(row -> row.labels().containsKey(MailPrediction.URGENCY));
    }

    private List<MailText> texts() {
        return rows.stream().map(MailRow::text).toList();
    }

    private List<Cell> line(String name, DeferralRule rule) {
        // Both answer at once here, whatever they took.
        var cascade = MailCascade.standalone(small.replayed("small"), large.replayed("large"), rule);
        try {
            return line(name, cascade.predict(texts()));
        } finally {
            cascade.awaitCalls(CLOSE_LIMIT);
        }
    }

    private List<Cell> line(String name, List<Outcome<Prediction<MailPrediction>>> outcomes) {
        List<MailPrediction> answers = outcomes.stream()
                .map(outcome -> outcome.scored().orElseThrow().value())
                .toList();
        double sent = answers.stream()
                .mapToInt(answer -> answer.deferral().isPresent() ? 1 : 0)
                .average()
                .orElse(Double.NaN);
        var line = new ArrayList<>(List.of(Cell.name(name), Cell.figure(sent, 3)));
        heads.forEach(head -> line.add(Cell.figure(accuracy(head, answers), 4)));
        if (hasOrder()) {
            var order = new OrderAnswers(PriorityPolicy.of(settings), rows.size());
            order.add(0, texts(), answers);
            var measures = new OrderEvaluation(rows, order, settings, List.of()).measures();
            ORDER.keySet().forEach(key -> line.add(Cell.figure(value(measures, key), 4)));
        }
        line.add(Cell.figure(1_000 * (small.seconds + sent * large.seconds) / rows.size(), 2));
        return line;
    }

    private double accuracy(String head, List<MailPrediction> answers) {
        return IntStream.range(0, rows.size())
                .filter(row -> rows.get(row).labels().containsKey(head))
                .mapToDouble(row -> answers.get(row)
                                .head(head)
                                .filter(each -> each.label()
                                        .equals(rows.get(row).labels().get(head)))
                                .isPresent()
                        ? 1
                        : 0)
                .average()
                .orElse(Double.NaN);
    }

    private static double value(List<Measure> measures, String key) {
        return measures.stream()
                .filter(measure -> measure.key().equals(key))
                .mapToDouble(Measure::value)
                .findFirst()
                .orElse(Double.NaN);
    }
}
