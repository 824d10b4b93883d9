package dev.vorrang.training.mail;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The network of a branch in a model that serves. Holds operations of a graph, and nothing to close.
 *
 * @param hidden its hidden layer of each reading, {@code float32 [batch, width]}
 */
record ServedBranch(TrainedBranch trained, MailNetwork network, Map<Reading, Operand<TFloat32>> hidden) {

    /** @param sums of each reading */
    static ServedBranch of(TrainedBranch trained, MailNetwork network, Map<Reading, MailSums> sums) {
        var hidden = new EnumMap<Reading, Operand<TFloat32>>(Reading.class);
        sums.forEach((reading, sum) -> hidden.put(reading, network.hidden(reading, sum.scaled(trained.branch()))));
        return new ServedBranch(trained, network, hidden);
    }

    boolean has(String head) {
        return trained.labelCounts().containsKey(head);
    }

    /** What the logits of a head are multiplied by in the sum of the branches that have it. */
    static float share(List<ServedBranch> branches, ServedBranch of, String head) {
        boolean alone = branches.stream().filter(branch -> branch.has(head)).count() == 1;
        return alone ? 1 : of.trained().branch().share();
    }

    /** What all branches that have a head answer together, {@code float32 [batch, labels]}. */
    static Operand<TFloat32> logits(Ops tf, List<ServedBranch> branches, String head) {
        List<ServedBranch> having =
                branches.stream().filter(branch -> branch.has(head)).toList();
        var logits = new ArrayList<Operand<TFloat32>>();
        for (ServedBranch branch : having) {
            Operand<TFloat32> alone = branch.network().logits(head, branch.hidden());
            logits.add(having.size() == 1 ? alone : tf.math.mul(alone, tf.constant(share(branches, branch, head))));
        }
        return logits.size() == 1 ? logits.get(0) : tf.math.addN(logits);
    }
}
