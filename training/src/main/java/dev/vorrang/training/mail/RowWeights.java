package dev.vorrang.training.mail;

import java.util.List;

/**
 * How much each row counts for each head. The rarer a label is in a data set, the more its rows count, by the fourth root of
 * their number, so that a common label does not drown the others, nor a rare one push itself forward; the mean weight of a data set is its
 * own, one for most.
 */
final class RowWeights {

    /** {@code [head][data set][label]} */
    private final float[][][] weights;

    RowWeights(List<LabelledMail> rows, LabelledMails data) {
        int dataSets = data.dataSets().size();
        weights = data.heads().values().stream()
                .map(labels -> new float[dataSets][labels.size()])
                .toArray(float[][][]::new);
        for (LabelledMail row : rows) {
            for (int head = 0; head < weights.length; head++) {
                if (row.labels()[head] >= 0) {
                    weights[head][row.dataSet()][row.labels()[head]]++;
                }
            }
        }
        for (float[][] head : weights) {
            for (int dataSet = 0; dataSet < dataSets; dataSet++) {
                normalise(head[dataSet], data.dataSetWeights().get(dataSet));
            }
        }
    }

    private static void normalise(float[] counts, double mean) {
        double rows = 0;
        double mass = 0;
        for (float count : counts) {
            rows += count;
            mass += count / rarity(count);
        }
        for (int label = 0; label < counts.length; label++) {
            counts[label] = counts[label] == 0 ? 0 : (float) (mean * rows / mass / rarity(counts[label]));
        }
    }

    private static double rarity(float count) {
        return count == 0 ? 1 : Math.sqrt(Math.sqrt(count));
    }

    /** Weights of a batch, {@code [head][row]}; 0 where a row has no label, 1 where it belongs to none. */
    float[][] of(List<LabelledMail> batch) {
        var rows = new float[weights.length][batch.size()];
        for (int head = 0; head < rows.length; head++) {
            for (int row = 0; row < batch.size(); row++) {
                LabelledMail mail = batch.get(row);
                int label = mail.labels()[head];
                rows[head][row] =
                        label == LabelledMail.OUTSIDE ? 1 : label < 0 ? 0 : weights[head][mail.dataSet()][label];
            }
        }
        return rows;
    }
}
