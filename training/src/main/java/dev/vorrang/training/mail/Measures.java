package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.training.mail.Calibration.Answer;
import java.util.List;
import java.util.stream.IntStream;

/** Figures of a model card. Pure. */
final class Measures {

    private static final int BINS = 15;

    private Measures() {}

    static MailCard.Figure figure(
            String data, String part, String head, List<Answer> answers, double temperature, double threshold) {
        long right = answers.stream().filter(Answer::right).count();
        long abstained = answers.stream()
                .filter(answer -> answer.confidence(temperature) < threshold)
                .count();
        return new MailCard.Figure(
                data,
                part,
                head,
                answers.size(),
                rounded((double) right / answers.size()),
                rounded(macroF1(answers)),
                rounded(calibrationError(answers, temperature)),
                rounded((double) abstained / answers.size()));
    }

    /** Mean of F1 = 2 TP / (2 TP + FP + FN) over the labels that occur among the rows. */
    static double macroF1(List<Answer> answers) {
        int labels = answers.get(0).logits().length;
        var truePositives = new int[labels];
        var predicted = new int[labels];
        var actual = new int[labels];
        for (Answer answer : answers) {
            predicted[answer.best()]++;
            actual[answer.label()]++;
            truePositives[answer.label()] += answer.right() ? 1 : 0;
        }
        return IntStream.range(0, labels)
                .filter(label -> actual[label] > 0)
                .mapToDouble(label -> 2.0 * truePositives[label] / (predicted[label] + actual[label]))
                .average()
                .orElse(0);
    }

    /** Mean gap between confidence and accuracy over equal bins of confidence, weighted by their rows. */
    static double calibrationError(List<Answer> answers, double temperature) {
        var confidence = new double[BINS];
        var right = new int[BINS];
        for (Answer answer : answers) {
            double value = answer.confidence(temperature);
            int bin = Math.min(BINS - 1, (int) (value * BINS));
            confidence[bin] += value;
            right[bin] += answer.right() ? 1 : 0;
        }
        return IntStream.range(0, BINS)
                        .mapToDouble(bin -> Math.abs(confidence[bin] - right[bin]))
                        .sum()
                / answers.size();
    }

    /** To four decimals, as the card has figures. */
    static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
