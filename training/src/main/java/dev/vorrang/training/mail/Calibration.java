package dev.vorrang.training.mail;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Temperature and threshold of a head, chosen on rows that were not trained on. Pure. */
final class Calibration {

    /** How many answers may be withheld for the wanted precision. */
    private static final double LARGEST_SHARE_WITHHELD = 0.2;
    /** How many answers are withheld so that mails that belong to no label are; a little below one in twenty. */
    private static final double SHARE_WITHHELD_FROM_STRANGERS = 0.045;

    private static final double LOWEST = 0.05;
    private static final double HIGHEST = 20;
    private static final int STEPS = 30;
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    private Calibration() {}

    /** An answer to one labelled row. */
    record Answer(float[] logits, int label) {

        /** Its logits multiplied by a number. */
        Answer scaled(float factor) {
            var scaled = new float[logits.length];
            for (int i = 0; i < scaled.length; i++) {
                scaled[i] = factor * logits[i];
            }
            return new Answer(scaled, label);
        }

        /** Its logits and those of another answer to the same row added up. */
        Answer plus(Answer other) {
            var sums = new float[logits.length];
            for (int i = 0; i < sums.length; i++) {
                sums[i] = logits[i] + other.logits[i];
            }
            return new Answer(sums, label);
        }

        int best() {
            int best = 0;
            for (int i = 1; i < logits.length; i++) {
                best = logits[i] > logits[best] ? i : best;
            }
            return best;
        }

        boolean right() {
            return best() == label;
        }

        /** Softmax of the logits, divided by the temperature, at one label. */
        double probability(int of, double temperature) {
            double top = logits[best()];
            double sum = 0;
            for (float logit : logits) {
                sum += Math.exp((logit - top) / temperature);
            }
            return Math.exp((logits[of] - top) / temperature) / sum;
        }

        /** Negative log-likelihood of the right label. */
        double loss(double temperature) {
            return -Math.log(Math.max(1e-12, probability(label, temperature)));
        }

        double confidence(double temperature) {
            return probability(best(), temperature);
        }
    }

    /**
     * The temperature with the least mean negative log-likelihood, by golden-section search over its logarithm (Guo et al., On
     * Calibration of Modern Neural Networks, 2017).
     */
    static double temperature(List<Answer> answers) {
        double low = Math.log(LOWEST);
        double high = Math.log(HIGHEST);
        for (int step = 0; step < STEPS; step++) {
            double left = high - GOLDEN * (high - low);
            double right = low + GOLDEN * (high - low);
            if (loss(answers, Math.exp(left)) <= loss(answers, Math.exp(right))) {
                high = right;
            } else {
                low = left;
            }
        }
        return Math.exp((low + high) / 2);
    }

    /**
     * The lowest confidence at which the answers given are right as often as wanted, yet never withholding more than a fifth.
     *
     * @param precision 0 to 1
     */
    static double threshold(List<Answer> answers, double temperature, double precision) {
        var byConfidence = new ArrayList<>(answers);
        byConfidence.sort(Comparator.comparingDouble(answer -> answer.confidence(temperature)));
        long right = byConfidence.stream().filter(Answer::right).count();
        int most = (int) (LARGEST_SHARE_WITHHELD * answers.size());
        int withheld = 0;
        while (withheld < most && right < precision * (answers.size() - withheld)) {
            right -= byConfidence.get(withheld).right() ? 1 : 0;
            withheld++;
        }
        return withheld == 0 ? 0 : byConfidence.get(withheld).confidence(temperature);
    }

    /** The confidence below which 4.5 % of the answers to mails that belong to a label lie. */
    static double thresholdAgainstStrangers(List<Answer> answers, double temperature) {
        double[] confidences = answers.stream()
                .mapToDouble(answer -> answer.confidence(temperature))
                .sorted()
                .toArray();
        return confidences[(int) (SHARE_WITHHELD_FROM_STRANGERS * confidences.length)];
    }

    /** Mean negative log-likelihood. */
    static double loss(List<Answer> answers, double temperature) {
        return answers.stream()
                .mapToDouble(answer -> answer.loss(temperature))
                .average()
                .orElse(0);
    }
}
