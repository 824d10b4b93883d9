package dev.vorrang.training.mail;

import java.util.BitSet;
import java.util.List;

/**
 * How much each row of the table counts: 1 + ln((1 + n) / (1 + m)) where m of n mails have a feature that is sent there, the inverse
 * document frequency (Spärck Jones, A Statistical Interpretation of Term Specificity, 1972); 0 for a row that no mail has. Pure.
 */
final class FeatureWeights {

    private static final int BITS = 1 << 24;

    private final float[] weights;

    private FeatureWeights(float[] weights) {
        this.weights = weights;
    }

    /**
     * @param mails numbers of the features of each mail
     * @param rows of the table
     */
    static FeatureWeights of(List<int[]> mails, int rows) {
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
        return new FeatureWeights(weights);
    }

    /** Weights as they were told before. */
    static FeatureWeights known(float[] weights) {
        return new FeatureWeights(weights);
    }

    /** Number of different features, by linear counting (Whang et al., 1990); a little low above ten million. */
    static long different(List<int[]> mails) {
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
