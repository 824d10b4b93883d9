package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.training.mail.Calibration.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a model answered to rows that it had not learned from, and what follows: temperature and threshold of each head, and the
 * figures of the card. Pure.
 *
 * @param answers by head, in the order of the data's heads
 */
record Assessment(Map<String, List<Measured>> answers) {

    /** With fewer rows, all of which may be right by luck, a head is made less sure of itself but never more. */
    private static final int ROWS_TO_SHARPEN = 50;

    /** The graph's softmax computes in single precision: answers as sure as the one at the threshold are not withheld for that. */
    private static final double ROUNDING = 1e-6;

    /**
     * An answer, and the data set that the row came from.
     *
     * @param answer its label is {@link LabelledMail#OUTSIDE} for a row that belongs to none
     */
    record Measured(int dataSet, Answer answer) {}

    /** Nothing yet, for these heads. */
    static Assessment none(LabelledMails data) {
        var answers = new LinkedHashMap<String, List<Measured>>();
        data.heads().keySet().forEach(head -> answers.put(head, new ArrayList<>()));
        return new Assessment(answers);
    }

    /**
     * Adds what the heads answered to some rows.
     *
     * @param logits {@code [head][row][label]}
     */
    void add(List<LabelledMail> rows, float[][][] logits) {
        int head = 0;
        for (List<Measured> measured : answers.values()) {
            for (int row = 0; row < rows.size(); row++) {
                LabelledMail mail = rows.get(row);
                if (mail.labels()[head] != LabelledMail.NONE) {
                    measured.add(new Measured(mail.dataSet(), new Answer(logits[head][row], mail.labels()[head])));
                }
            }
            head++;
        }
    }

    void addAll(Assessment other) {
        other.answers.forEach((head, measured) -> answers.get(head).addAll(measured));
    }

    /** These, with what further branches answered to the same rows added up: the logits of each are multiplied by its share. */
    Assessment with(Map<Branch, Assessment> further, float shareBesideFurther) {
        var all = new LinkedHashMap<>(answers);
        further.forEach((branch, assessment) -> assessment.answers.forEach((head, measured) -> {
            List<Measured> sums = new ArrayList<>();
            for (int row = 0; row < measured.size(); row++) {
                Measured first = answers.get(head).get(row);
                sums.add(new Measured(
                        first.dataSet(),
                        first.answer()
                                .scaled(shareBesideFurther)
                                .plus(measured.get(row).answer().scaled(branch.share()))));
            }
            all.put(head, sums);
        }));
        return new Assessment(all);
    }

    /** Mean negative log-likelihood of each data set, averaged over the data sets, summed over the heads, at the best temperatures. */
    double loss() {
        return answers.values().stream().mapToDouble(Assessment::loss).sum();
    }

    private static double loss(List<Measured> head) {
        double temperature = temperature(inside(head));
        return head.stream()
                .filter(row -> row.answer().label() >= 0)
                .collect(Collectors.groupingBy(
                        Measured::dataSet, TreeMap::new, Collectors.averagingDouble(row -> row.answer()
                                .loss(temperature))))
                .values()
                .stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }

    /**
     * The heads as the card has them. The precision there is the one that is reached: other mails than those that were learned from, and
     * of other groups where rows have groups, are what another organisation sends.
     *
     * @param wanted precision that the answers that are not withheld should reach, 0 to 1
     */
    Map<String, MailCard.Head> heads(LabelledMails data, double wanted) {
        var heads = new LinkedHashMap<String, MailCard.Head>();
        answers.forEach((head, measured) -> {
            List<Answer> inside = inside(measured);
            double temperature = temperature(inside);
            double threshold = inside.isEmpty() ? 0 : Calibration.threshold(inside, temperature, wanted);
            // Mails of other kinds come to every mailbox, whether some were at hand in training or not.
            if (inside.size() >= ROWS_TO_SHARPEN) {
                threshold = Math.max(threshold, Calibration.thresholdAgainstStrangers(inside, temperature));
            }
            double answered = Math.max(0, threshold - ROUNDING);
            heads.put(
                    head,
                    new MailCard.Head(
                            data.heads().get(head), temperature, answered, precision(measured, temperature, answered)));
        });
        return heads;
    }

    /** Share of right answers among those at or above the threshold, the mean over the data sets; empty if none is right. */
    private static Optional<Double> precision(List<Measured> measured, double temperature, double threshold) {
        double mean = measured.stream()
                .filter(row -> row.answer().label() >= 0 && row.answer().confidence(temperature) >= threshold)
                .collect(Collectors.groupingBy(
                        Measured::dataSet,
                        TreeMap::new,
                        Collectors.averagingInt(row -> row.answer().right() ? 1 : 0)))
                .values()
                .stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
        return Optional.of(Measures.rounded(mean)).filter(share -> share > 0);
    }

    private static double temperature(List<Answer> answers) {
        double best = answers.isEmpty() ? 1 : Calibration.temperature(answers);
        return answers.size() < ROWS_TO_SHARPEN ? Math.max(1, best) : best;
    }

    /** Figures of each head on each data set that has labels of it. */
    List<MailCard.Figure> figures(LabelledMails data, Map<String, MailCard.Head> heads) {
        var figures = new ArrayList<MailCard.Figure>();
        answers.forEach((head, measured) -> {
            for (int dataSet = 0; dataSet < data.dataSets().size(); dataSet++) {
                int number = dataSet;
                List<Answer> some = inside(
                        measured.stream().filter(row -> row.dataSet() == number).toList());
                if (!some.isEmpty()) {
                    figures.add(Measures.figure(
                            data.dataSets().get(dataSet),
                            "validation",
                            head,
                            some,
                            heads.get(head).temperature(),
                            heads.get(head).threshold()));
                }
            }
        });
        return figures;
    }

    private static List<Answer> inside(List<Measured> measured) {
        return measured.stream()
                .map(Measured::answer)
                .filter(answer -> answer.label() >= 0)
                .toList();
    }
}
