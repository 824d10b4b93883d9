package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.model.MailTokenizer.Tokens;
import dev.vorrang.training.NetworkSession;
import dev.vorrang.training.bert.BertCheckpoint;
import dev.vorrang.training.bert.BertEncoder;
import dev.vorrang.training.bert.BertSize;
import dev.vorrang.training.bert.BertVariables;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What the layers that do not learn make of texts. They are worked out once, for all passes. */
final class FrozenLayers {

    private static final int BATCH = 32;

    private FrozenLayers() {}

    /**
     * @param progress hears of texts
     * @return hidden layer of each text, {@code [its length * width]}, in the order of the texts
     */
    static List<float[]> of(
            BertCheckpoint checkpoint,
            BertSize size,
            LargeTrainingSettings.Recipe recipe,
            List<Tokens> texts,
            IntConsumer progress) {
        int layers = recipe.frozen();
        try (var graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TInt32> ids = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, -1)));
            Placeholder<TInt32> types = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, -1)));
            Placeholder<TInt32> mask = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(-1, -1)));
            var variables = new BertVariables(tf, size.below(layers));
            var encoder = new BertEncoder(tf, size, variables.byName(), Optional.empty(), recipe.half());
            Operand<TFloat32> hidden = encoder.layers(0, layers, encoder.embeddings(ids, types), mask);
            try (var session = NetworkSession.open(graph, List.of(tf.noOp()))) {
                variables.load(session, checkpoint::read);
                var answers = new float[texts.size()][];
                // Neighbours in length share a batch, and little of it is padding.
                List<Integer> order = IntStream.range(0, texts.size())
                        .boxed()
                        .sorted(Comparator.comparingInt(text -> texts.get(text).ids().length))
                        .toList();
                for (List<Integer> places : Batches.of(order, BATCH)) {
                    var batch = new TokenBatch(places.stream().map(texts::get).toList());
                    try (TInt32 fedIds = batch.ids();
                            TInt32 fedTypes = batch.types();
                            TInt32 fedMask = batch.mask();
                            Result result = session.runner()
                                    .feed(ids, fedIds)
                                    .feed(types, fedTypes)
                                    .feed(mask, fedMask)
                                    .fetch(hidden)
                                    .run()) {
                        List<float[]> rows = batch.rows((TFloat32) result.get(0), size.width());
                        for (int row = 0; row < rows.size(); row++) {
                            answers[places.get(row)] = rows.get(row);
                        }
                    }
                    progress.accept(places.size());
                }
                return new ArrayList<>(List.of(answers));
            }
        }
    }
}
