package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.MailArrays;
import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.model.TensorArrays;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TString;

/** Finds the words that most mails have. */
final class CommonWords {

    /** Bytes that they take in a model, at most. */
    static final int MOST_BYTES = 150_000;
    /** Beside its characters, a word's length. */
    private static final int BYTES_BESIDE_A_WORD = 2;

    /** Mails that are counted, at most; so many tell which words are common. */
    static final int ENOUGH_MAILS = 50_000;

    /** What fewer mails have may be a name, and a model that holds it may be handed on. */
    static final int FEWEST_MAILS = 5;

    private static final int BATCH = 256;

    private CommonWords() {}

    /**
     * The commonest first, each in {@value #FEWEST_MAILS} mails at least, as many as there is room for in a model; the same for the same mails.
     *
     * @param limits how much of a mail is read
     */
    static List<String> of(List<MailText> mails, MailCard.Limits limits) {
        List<Map.Entry<String, Integer>> counted = mailsWithWords(some(mails), limits).entrySet().stream()
                .filter(word -> word.getValue() >= FEWEST_MAILS)
                .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        var words = new ArrayList<String>();
        int bytes = 0;
        for (Map.Entry<String, Integer> word : counted) {
            bytes += word.getKey().getBytes(StandardCharsets.UTF_8).length + BYTES_BESIDE_A_WORD;
            if (bytes > MOST_BYTES) {
                break;
            }
            words.add(word.getKey());
        }
        return words;
    }

    /** Mails from all over the list: data sets stand one behind the other. */
    private static List<MailText> some(List<MailText> mails) {
        int step = (mails.size() + ENOUGH_MAILS - 1) / ENOUGH_MAILS;
        var some = new ArrayList<MailText>();
        for (int mail = 0; mail < mails.size(); mail += step) {
            some.add(mails.get(mail));
        }
        return some;
    }

    private static Map<String, Integer> mailsWithWords(List<MailText> mails, MailCard.Limits limits) {
        var counts = new HashMap<String, Integer>();
        try (var graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Placeholder<TString> subject = tf.placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
            Placeholder<TString> body = tf.placeholder(TString.class, Placeholder.shape(Shape.of(-1)));
            var text = new TextFeatures(tf);
            TextFeatures.Features features = text.of(text.normalise(subject, body));
            Operand<TString> used = tf.gather(features.words(), features.uses(), tf.constant(0));
            try (var session = new Session(graph)) {
                for (int from = 0; from < mails.size(); from += BATCH) {
                    try (var tensors = new TensorArrays(
                                    MailArrays.of(mails.subList(from, Math.min(mails.size(), from + BATCH)), limits));
                            Result result = session.runner()
                                    .feed(subject, tensors.byName().get(MailArrays.SUBJECT))
                                    .feed(body, tensors.byName().get(MailArrays.BODY))
                                    .fetch(used)
                                    .run()) {
                        ((TString) result.get(0))
                                .scalars()
                                .forEach(word -> counts.merge(word.getObject(), 1, Integer::sum));
                    }
                }
            }
        }
        return counts;
    }
}
