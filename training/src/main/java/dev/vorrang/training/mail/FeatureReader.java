package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.MailArrays;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.model.TensorArrays;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/**
 * Reads the features of mails with the very operations that a model in service has, so that training can read each text once.
 *
 * <p>Owns its graph and session; for one thread; whoever makes one closes it.
 */
final class FeatureReader implements AutoCloseable {

    private static final int BATCH = 256;

    private final Graph graph = new Graph();
    private final Session session;
    private final MailCard.Limits limits;
    private final Placeholder<TString> subject;
    private final Placeholder<TString> body;
    private final List<Operand<TInt64>> wanted;

    /** @param limits how much of a mail is read */
    FeatureReader(MailCard.Limits limits) {
        this.limits = limits;
        Ops tf = Ops.create(graph);
        subject = tf.placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
        body = tf.placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
        var text = new TextFeatures(tf);
        TextFeatures.Features features = text.of(text.normalise(subject, body));
        TextFeatures.Grams grams = text.grams(features.words());
        wanted = List.of(
                text.wordFeatures(features.hashes()),
                grams.numbers(),
                grams.words(),
                features.uses(),
                features.useMails(),
                features.useTimes(),
                features.pairs(),
                features.pairMails());
        session = new Session(graph);
    }

    /** Features of each mail. */
    List<MailFeatures> read(List<MailText> mails) {
        var read = new ArrayList<MailFeatures>(mails.size());
        for (int from = 0; from < mails.size(); from += BATCH) {
            read.addAll(batch(mails.subList(from, Math.min(mails.size(), from + BATCH))));
        }
        return read;
    }

    private List<MailFeatures> batch(List<MailText> mails) {
        try (var tensors = new TensorArrays(MailArrays.of(mails, limits))) {
            Session.Runner runner = session.runner()
                    .feed(subject, tensors.byName().get(MailArrays.SUBJECT))
                    .feed(body, tensors.byName().get(MailArrays.BODY));
            wanted.forEach(runner::fetch);
            try (Result result = runner.run()) {
                long[][] values = new long[wanted.size()][];
                Arrays.setAll(values, i -> longs((TInt64) result.get(i)));
                return mails(mails.size(), grams(values), values);
            }
        }
    }

    /** N-grams of each different word. */
    private static int[][] grams(long[][] values) {
        long[] grams = values[1];
        long[] gramWords = values[2];
        var ofWords = new int[values[0].length][];
        int next = 0;
        for (int word = 0; word < ofWords.length; word++) {
            int first = next;
            while (next < grams.length && gramWords[next] == word) {
                next++;
            }
            ofWords[word] = Arrays.stream(grams, first, next)
                    .mapToInt(gram -> (int) gram)
                    .toArray();
        }
        return ofWords;
    }

    private static List<MailFeatures> mails(int count, int[][] grams, long[][] values) {
        long[] words = values[0];
        long[] uses = values[3];
        long[] useMails = values[4];
        long[] useTimes = values[5];
        long[] pairs = values[6];
        long[] pairMails = values[7];
        var mails = new ArrayList<MailFeatures>(count);
        int use = 0;
        int pair = 0;
        for (int mail = 0; mail < count; mail++) {
            var whole = IntStream.builder();
            var parts = IntStream.builder();
            for (; use < uses.length && useMails[use] == mail; use++) {
                int word = (int) uses[use];
                for (long time = 0; time < useTimes[use]; time++) {
                    whole.add((int) words[word]);
                    IntStream.of(grams[word]).forEach(parts);
                }
            }
            for (; pair < pairs.length && pairMails[pair] == mail; pair++) {
                whole.add((int) pairs[pair]);
            }
            mails.add(new MailFeatures(whole.build().toArray(), parts.build().toArray()));
        }
        return mails;
    }

    private static long[] longs(TInt64 tensor) {
        var values = new long[(int) tensor.size()];
        tensor.asRawTensor().data().asLongs().read(values);
        return values;
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
