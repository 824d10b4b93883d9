package dev.vorrang.training.mail;

import java.util.List;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Features of a batch that a reading reads, as tensors. Whoever makes one closes it. */
final class FedMails implements AutoCloseable {

    private final TInt32 rows;
    private final TInt32 mails;
    private final TFloat32 weights;
    private final TInt32 size;

    /** @param features numbers of the features of each mail */
    FedMails(List<int[]> features, FeatureWeights weightOf, int tableRows) {
        int count = features.stream().mapToInt(mail -> mail.length).sum();
        var rowValues = new int[count];
        var mailValues = new int[count];
        var weightValues = new float[count];
        int next = 0;
        for (int mail = 0; mail < features.size(); mail++) {
            float norm = weightOf.norm(features.get(mail));
            for (int feature : features.get(mail)) {
                rowValues[next] = feature % tableRows;
                mailValues[next] = mail;
                weightValues[next++] = weightOf.of(feature % tableRows) / norm;
            }
        }
        rows = TInt32.vectorOf(rowValues);
        mails = TInt32.vectorOf(mailValues);
        weights = TFloat32.vectorOf(weightValues);
        size = TInt32.scalarOf(features.size());
    }

    /** Row of the table of each feature, {@code [features]}. */
    TInt32 rows() {
        return rows;
    }

    /** The mail that each feature belongs to, {@code [features]}, ascending. */
    TInt32 mails() {
        return mails;
    }

    /** Weight of each feature, {@code [features]}; their squares add up to 1 for a mail. */
    TFloat32 weights() {
        return weights;
    }

    /** Number of mails. */
    TInt32 size() {
        return size;
    }

    @Override
    public void close() {
        rows.close();
        mails.close();
        weights.close();
        size.close();
    }
}
