package dev.vorrang.training.mail;

import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * How much each row of a table counts: the rarer among the mails, and the more it tells of their labels, the more. That is 1 + ln((1 + n) / (1 + m))
 * where m of n mails have a feature that is sent there, the inverse document frequency (Spärck Jones, A Statistical Interpretation of
 * Term Specificity, 1972), times the cube root of its {@link FeatureInformation}; 0 for a row that no mail has. Weights that know of the labels are
 * worth the most where mails are few (Wang and Manning, Baselines and Bigrams, 2012). Pure.
 */
final class FeatureWeights {

    private static final int BITS = 1 << 24;
    /** Added to the information of each row, so that one which tells nothing alone still counts along with others. */
    private static final double LEAST_INFORMATION = 0.02;

    private final float[] weights;

    private FeatureWeights(float[] weights) {
        this.weights = weights;
    }

    /**
     * @param mails to learn from
     * @param features numbers of the features of each that a reading reads
     * @param rows of the table
     * @param labels number of labels of each head
     */
    static FeatureWeights of(List<LabelledMail> mails, List<int[]> features, int rows, Collection<Integer> labels) {
        float[] weights = rarity(features, rows);
        var information = new double[rows];
        int head = 0;
        for (int count : labels) {
            var ofHead = new FeatureInformation(mails, features, rows, head++, count);
            for (int row = 0; row < rows; row++) {
                information[row] += ofHead.of(row);
            }
        }
        for (int row = 0; row < rows; row++) {
            weights[row] *= (float) Math.cbrt(LEAST_INFORMATION + information[row]);
        }
        return new FeatureWeights(weights);
    }

    private static float[] rarity(List<int[]> mails, int rows) {
        var mailsWith = new int[rows];
        var lastMail = new int[rows];
        for (int mail = 0; mail < mails.size(); mail++) {
            for (int feature : mails.get(mail)) {
                int row = feature % rows;
                if (lastMail[row] != mail + 1) {
                    lastMail[row] = mail + 1;
                    mailsWith[row]++;
                }
            }
        }
        var weights = new float[rows];
        for (int row = 0; row < rows; row++) {
            weights[row] =
                    mailsWith[row] == 0 ? 0 : (float) (1 + Math.log((1.0 + mails.size()) / (1.0 + mailsWith[row])));
        }
        return weights;
    }

    /** Weights as they were told before. */
    static FeatureWeights known(float[] weights) {
        return new FeatureWeights(weights);
    }

    /** Number of different features, by linear counting (Whang et al., 1990); a little low above ten million. */
    static long different(Stream<int[]> mails) {
        var seen = new BitSet(BITS);
        mails.forEach(features -> {
            for (int feature : features) {
                seen.set(feature % BITS);
            }
        });
        double free = 1 - (double) seen.cardinality() / BITS;
        return free <= 0 ? BITS : Math.round(-BITS * Math.log(free));
    }

    float of(int row) {
        return weights[row];
    }

    float[] values() {
        return weights;
    }

    /** Length of a mail's vector of weights, by which all of them are divided; of a mail without any it is 1. */
    float norm(int[] features) {
        double sum = 0;
        for (int feature : features) {
            float weight = weights[feature % weights.length];
            sum += weight * weight;
        }
        return sum == 0 ? 1 : (float) Math.sqrt(sum);
    }
}
