package dev.vorrang.training.mail;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Labels and weights of a batch as tensors, one pair for each head. Whoever makes one closes it. */
final class FedLabels implements AutoCloseable {

    private final List<TInt32> labels = new ArrayList<>();
    private final List<TFloat32> weights = new ArrayList<>();

    FedLabels(List<LabelledMail> batch, float[][] rowWeights) {
        for (int head = 0; head < rowWeights.length; head++) {
            int number = head;
            labels.add(TInt32.vectorOf(
                    batch.stream().mapToInt(mail -> mail.labels()[number]).toArray()));
            weights.add(TFloat32.vectorOf(rowWeights[head]));
        }
    }

    List<TInt32> labels() {
        return labels;
    }

    List<TFloat32> weights() {
        return weights;
    }

    @Override
    public void close() {
        labels.forEach(TInt32::close);
        weights.forEach(TFloat32::close);
    }
}
