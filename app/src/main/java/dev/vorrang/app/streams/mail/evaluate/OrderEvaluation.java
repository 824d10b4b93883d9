package dev.vorrang.app.streams.mail.evaluate;

import dev.vorrang.app.evaluate.Drawing;
import dev.vorrang.app.evaluate.Excerpt;
import dev.vorrang.app.evaluate.Outcome;
import dev.vorrang.app.evaluate.Outcome.Cell;
import dev.vorrang.app.evaluate.Outcome.Chart;
import dev.vorrang.app.evaluate.Outcome.Measure;
import dev.vorrang.app.evaluate.Outcome.Table;
import dev.vorrang.app.evaluate.Report.Part;
import dev.vorrang.schemas.Priority;
import dev.vorrang.scoring.mail.PrioritySettings;
import dev.vorrang.training.evaluation.OrderFigures;
import dev.vorrang.training.mail.MailRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Judges the order that the priority puts mails in: whether those that are urgent now come first. The truth is the column of the
 * urgency, with the labels {@code now, today, soon, none}, and that of the stake where there is one.
 */
public final class OrderEvaluation {

    private static final String URGENCY = "urgency";
    private static final String STAKE = "stake";
    /** A centre in which one mail of fifty is an emergency. */
    private static final double FREQUENCY = 0.02;

    private static final double SHARE_URGENT = 0.05;
    private static final List<Double> SHARES = List.of(0.01, 0.05, 0.1);
    private static final int BINS = 10;
    private static final int STEPS = 200;
    private static final int LONGEST_TEXT = 240;
    private static final int MOST_MISSED = 100;

    private final List<MailRow> rows;
    private final OrderAnswers answers;
    private final PrioritySettings settings;
    private final List<String> by;
    private final int[] mails;

    /**
     * @param rows all mails; those without an urgency do not count
     * @param answers of all of them
     * @param settings of the policy that gave the answers
     * @param by columns whose values have figures of their own, such as language
     */
    public OrderEvaluation(List<MailRow> rows, OrderAnswers answers, PrioritySettings settings, List<String> by) {
        this.rows = rows;
        this.answers = answers;
        this.settings = settings;
        this.by = by;
        mails = IntStream.range(0, rows.size())
                .filter(row -> rows.get(row).labels().containsKey(URGENCY))
                .toArray();
    }

    /** The figures that come first. */
    List<Measure> measures() {
        OrderFigures order = figures(mails);
        var measures = new ArrayList<Measure>();
        measures.add(new Measure(
                "order.now",
                "Urgent now, mails",
                order.wanted(),
                0,
                "Mails whose true urgency is now; they should come first."));
        measures.add(new Measure(
                "order.auc",
                "Order, AUC",
                order.auc(),
                4,
                "Chance that a mail that is urgent now has a higher score than one that is not; 0.5 is guessing."));
        for (double share : SHARES) {
            long percent = Math.round(100 * share);
            measures.add(new Measure(
                    "order.first" + percent,
                    "In the first " + percent + " %",
                    order.found(share),
                    4,
                    "Share of the mails urgent now that are in the first " + percent + " % of the queue."));
        }
        measures.add(new Measure(
                "order.recallAt5PercentUrgent",
                "Found if 5 % are URGENT",
                order.found(SHARE_URGENT, FREQUENCY),
                4,
                "Share of the mails urgent now in the first 5 % of a queue in which they are 2 % of all mails."));
        measures.add(new Measure(
                "order.urgent",
                "Now: URGENT",
                share(Priority.URGENT),
                4,
                "Share of the mails urgent now that are URGENT."));
        measures.add(new Measure(
                "order.high",
                "Now: at least HIGH",
                share(Priority.HIGH),
                4,
                "Share of the mails urgent now that are HIGH or URGENT."));
        measures.add(new Measure(
                "order.falseUrgent",
                "Not now: URGENT",
                IntStream.of(mails)
                        .filter(mail -> !isNow(mail))
                        .mapToDouble(mail -> answers.level(mail) == Priority.URGENT ? 1 : 0)
                        .average()
                        .orElse(Double.NaN),
                4,
                "Share of all other mails that are URGENT."));
        measures.add(new Measure(
                "order.cost",
                "Cost a mail",
                IntStream.of(mails).mapToDouble(this::cost).average().orElse(Double.NaN),
                3,
                "Attention that the level asks for, and the cost of waiting where it is below what the truth needs."));
        measures.add(new Measure(
                "order.leastCost",
                "Cost of the right levels",
                IntStream.of(mails)
                        .mapToDouble(mail -> attention(needed(mail)))
                        .average()
                        .orElse(Double.NaN),
                3,
                "What the attention costs if each mail has the level that its true urgency and stake need."));
        return measures;
    }

    /** The part of the page. */
    Part part() {
        var tables = new ArrayList<Table>();
        by.forEach(column -> tables.add(by(column)));
        tables.add(levels());
        if (IntStream.of(mails).noneMatch(mail -> Double.isNaN(answers.now(mail)))) {
            tables.add(calibration());
        }
        tables.add(missed());
        return new Part("order", "Order", new Outcome(mails.length, measures(), tables, List.of(chart())));
    }

    private boolean isNow(int mail) {
        return rows.get(mail).labels().get(URGENCY).equals(OrderAnswers.NOW);
    }

    private OrderFigures figures(int[] of) {
        var wanted = new boolean[of.length];
        IntStream.range(0, of.length).forEach(i -> wanted[i] = isNow(of[i]));
        return OrderFigures.of(IntStream.of(of).mapToDouble(answers::score).toArray(), wanted);
    }

    private double share(Priority least) {
        return IntStream.of(mails)
                .filter(this::isNow)
                .mapToDouble(mail -> answers.level(mail).compareTo(least) >= 0 ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    private double waiting(int mail) {
        Map<String, String> labels = rows.get(mail).labels();
        return settings.costs().waiting(labels.get(URGENCY), labels.get(STAKE));
    }

    private Priority needed(int mail) {
        return settings.costs().level(waiting(mail));
    }

    private double attention(Priority level) {
        return settings.costs().attention().getOrDefault(level, 0.0);
    }

    private double cost(int mail) {
        Priority level = answers.level(mail);
        return attention(level) + (level.compareTo(needed(mail)) < 0 ? waiting(mail) : 0);
    }

    private Table by(String column) {
        Map<String, List<Integer>> groups = IntStream.of(mails)
                .boxed()
                .collect(Collectors.groupingBy(
                        mail -> rows.get(mail).labels().getOrDefault(column, ""), TreeMap::new, Collectors.toList()));
        return new Table(
                "by." + column,
                "By " + column,
                "The order within each group alone.",
                List.of(column, "mails", "now", "AUC", "now URGENT", "now at least HIGH", "others URGENT", "abstained"),
                groups.entrySet().stream()
                        .map(group -> line(
                                group.getKey(),
                                group.getValue().stream()
                                        .mapToInt(Integer::intValue)
                                        .toArray()))
                        .toList());
    }

    private List<Cell> line(String name, int[] of) {
        OrderFigures order = figures(of);
        return List.of(
                Cell.name(Excerpt.name(name)),
                Cell.figure(of.length, 0),
                Cell.figure(order.wanted(), 0),
                Cell.figure(order.auc(), 4),
                Cell.figure(mean(of, true, Priority.URGENT), 4),
                Cell.figure(mean(of, true, Priority.HIGH), 4),
                Cell.figure(mean(of, false, Priority.URGENT), 4),
                Cell.figure(
                        IntStream.of(of)
                                .mapToDouble(mail -> answers.abstained(mail) ? 1 : 0)
                                .average()
                                .orElse(Double.NaN),
                        4));
    }

    private double mean(int[] of, boolean now, Priority least) {
        return IntStream.of(of)
                .filter(mail -> isNow(mail) == now)
                .mapToDouble(mail -> answers.level(mail).compareTo(least) >= 0 ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    private Table levels() {
        Map<String, List<Integer>> urgencies = IntStream.of(mails)
                .boxed()
                .collect(Collectors.groupingBy(
                        mail -> rows.get(mail).labels().get(URGENCY), TreeMap::new, Collectors.toList()));
        return new Table(
                "levels",
                "Levels",
                "Mails of each true urgency by the level that they got.",
                List.of("urgency", "LOW", "NORMAL", "HIGH", "URGENT"),
                urgencies.entrySet().stream()
                        .map(urgency -> {
                            var line = new ArrayList<Cell>();
                            line.add(Cell.name(Excerpt.name(urgency.getKey())));
                            for (Priority level : Priority.values()) {
                                long count = urgency.getValue().stream()
                                        .filter(mail -> answers.level(mail) == level)
                                        .count();
                                line.add(Cell.count(
                                        count,
                                        (double) count / urgency.getValue().size()));
                            }
                            return (List<Cell>) line;
                        })
                        .toList());
    }

    private Table calibration() {
        var lines = new ArrayList<List<Cell>>();
        for (int bin = 0; bin < BINS; bin++) {
            int number = bin;
            int[] of = IntStream.of(mails)
                    .filter(mail -> Math.min(BINS - 1, (int) (answers.now(mail) * BINS)) == number)
                    .toArray();
            lines.add(List.of(
                    Cell.name(10 * bin + " to " + 10 * (bin + 1) + " %"),
                    Cell.figure(of.length, 0),
                    Cell.figure(
                            IntStream.of(of).mapToDouble(answers::now).average().orElse(Double.NaN), 3),
                    Cell.figure(
                            IntStream.of(of)
                                    .mapToDouble(mail -> isNow(mail) ? 1 : 0)
                                    .average()
                                    .orElse(Double.NaN),
                            3)));
        }
        return new Table(
                "nowCalibration",
                "Calibration of now",
                "Mails by the probability that the model gives to now, its mean, and the share that is urgent now.",
                List.of("probability", "mails", "mean", "urgent now"),
                lines);
    }

    /** Each emergency that is below HIGH, the deepest in the queue first. For the page alone, for it holds mails. */
    private Table missed() {
        return new Table(
                "",
                "Missed emergencies",
                "Mails that are urgent now and not even HIGH, the lowest score first.",
                List.of("score", "level", "unsure", "mail"),
                IntStream.of(mails)
                        .filter(mail -> isNow(mail) && answers.level(mail).compareTo(Priority.HIGH) < 0)
                        .boxed()
                        .sorted(Comparator.comparingDouble(answers::score))
                        .limit(MOST_MISSED)
                        .map(mail -> List.of(
                                Cell.name(Outcome.number(answers.score(mail), 3)),
                                Cell.prose(answers.level(mail).name()),
                                Cell.prose(answers.abstained(mail) ? "yes" : "no"),
                                Cell.prose(Excerpt.of(
                                        rows.get(mail).text().subject() + " | "
                                                + rows.get(mail).text().body(),
                                        LONGEST_TEXT))))
                        .toList());
    }

    private Chart chart() {
        OrderFigures order = figures(mails);
        double[] shares = IntStream.rangeClosed(0, STEPS)
                .mapToDouble(step -> (double) step / STEPS)
                .toArray();
        double[] found = IntStream.rangeClosed(0, STEPS)
                .mapToDouble(step -> order.wanted() == 0 ? 0 : order.found(shares[step]))
                .toArray();
        var drawing = new Drawing("share of the queue looked at", "share of the emergencies found", 480, 400);
        drawing.chart().getStyler().setXAxisMin(0.0).setXAxisMax(1.0);
        drawing.chart().getStyler().setYAxisMin(0.0).setYAxisMax(1.0);
        Drawing.dashes(drawing.chart().addSeries("by chance", new double[] {0, 1}, new double[] {0, 1}), Drawing.TRUTH);
        Drawing.line(drawing.chart().addSeries("by score", shares, found), Drawing.SIGNAL, 1.8f);
        return new Chart(
                "Emergencies found",
                "How many of the mails urgent now are found if the queue is worked through in the order of the score.",
                drawing.svg(),
                false);
    }
}
