package dev.vorrang.scoring.mail.model;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.engine.Model;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailPrediction.WordEffect;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.model.InferenceBackend;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.scoring.model.ModelRefusedException;
import dev.vorrang.scoring.model.SavedModelBackend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mail model in service: a SavedModel that takes {@code subject} and {@code body} ({@code string [batch]}) or, if its card says
 * so, {@code input_ids} and {@code attention_mask} ({@code int32} or {@code int64 [batch, length]}), and gives, for each head of
 * its card, probabilities or logits ({@code float32 [batch, labels]}). Where it has the signature {@link WordEffects#SIGNATURE}
 * and the options ask for it, each head's answer names the words that moved it.
 *
 * <p>Safe for use by several threads at once. It owns backend and tokenizer, and whoever loaded it closes it, once and
 * after the last call has returned.
 */
public final class MailModel implements Model<MailText, MailPrediction> {

    /** How far the probabilities of a head may be from adding up to one. */
    private static final double SUM_TOLERANCE = 1e-3;

    private static final Logger LOG = LoggerFactory.getLogger(MailModel.class);

    private final MailCard card;
    private final MailEncoder encoder;
    private final HeadOutputs outputs;
    private final InferenceBackend backend;
    private final Optional<WordEffects> effects;

    private MailModel(
            MailCard card,
            MailEncoder encoder,
            HeadOutputs outputs,
            InferenceBackend backend,
            Optional<WordEffects> effects) {
        this.card = card;
        this.encoder = encoder;
        this.outputs = outputs;
        this.backend = backend;
        this.effects = effects;
    }

    /**
     * Loads a model, checks its card, files and signature, and warms it up.
     *
     * @param folder folder of one version, such as {@code models/mail-triage/3}
     * @throws ModelRefusedException if anything is missing, damaged or not as the card says; nothing stays open then
     */
    public static MailModel load(Path folder, ModelOptions options) {
        return load(folder, options, SavedModelBackend::open);
    }

    /** As {@link #load(Path, ModelOptions)}, computing elsewhere. */
    public static MailModel load(Path folder, ModelOptions options, InferenceBackend.Opener opener) {
        MailCard card = MailCard.read(folder);
        card.heads().keySet().stream()
                .filter(head -> !MailPrediction.HEADS.contains(head))
                .findFirst()
                .ifPresent(head -> {
                    throw new ModelRefusedException("model at " + folder + ": head '" + head
                            + "' in its card, allowed: " + MailPrediction.HEADS);
                });
        MailEncoder encoder = MailEncoder.of(folder, card);
        MailModel model;
        try {
            var outputs = new HeadOutputs(card);
            var backend = opener.open(folder, card, options, encoder.inputs(), outputs.specs());
            Optional<WordEffects> effects =
                    options.explain() ? WordEffects.of(backend, encoder.inputs(), outputs.specs()) : Optional.empty();
            model = new MailModel(card, encoder, outputs, backend, effects);
            model.warmUp(options.warmUp());
        } catch (RuntimeException e) {
            encoder.close();
            throw e;
        }
        LOG.info(
                "Model {} version {} is ready, heads {}, {}",
                card.name(),
                card.version(),
                card.heads().keySet(),
                model.explains() ? "names the words that moved it" : "names no words");
        return model;
    }

    public MailCard card() {
        return card;
    }

    @Override
    public ModelRef reference() {
        return new ModelRef(card.name(), card.version());
    }

    @Override
    public MailText probe() {
        return new MailText("", "");
    }

    /** Whether its answers name the words that moved them: it can, and the options ask for it. */
    public boolean explains() {
        return effects.isPresent();
    }

    /**
     * @param mails one or more
     * @throws IllegalStateException if an output has the wrong shape, or is not a probability distribution (NaN, say), or words
     *     do not belong to a mail
     * @throws RuntimeException if the backend refuses the call, for lack of memory, say
     */
    @Override
    public List<MailPrediction> apply(List<MailText> mails) {
        if (mails.isEmpty()) {
            return List.of();
        }
        var predictions = new MailPrediction[mails.size()];
        for (EncodedMails part : encoder.encode(mails)) {
            List<MailPrediction> some = score(part);
            for (int row = 0; row < some.size(); row++) {
                predictions[part.mails()[row]] = some.get(row);
            }
        }
        return List.of(predictions);
    }

    private List<MailPrediction> score(EncodedMails mails) {
        Map<String, float[][]> heads;
        Map<String, List<List<WordEffect>>> words;
        String signature = explains() ? WordEffects.SIGNATURE : InferenceBackend.SERVING;
        try (var answer = backend.infer(signature, mails.inputs().get())) {
            heads = outputs.probabilities(answer, mails.rows());
            words = effects.map(each -> each.strongest(answer, mails.rows())).orElse(Map.of());
        }
        var predictions = new ArrayList<MailPrediction>(mails.mails().length);
        for (int row = 0; row < mails.mails().length; row++) {
            predictions.add(new MailPrediction(
                    head(MailPrediction.TOPIC, heads, words, row),
                    head(MailPrediction.SENTIMENT, heads, words, row),
                    head(MailPrediction.PRIORITY, heads, words, row),
                    head(MailPrediction.URGENCY, heads, words, row),
                    head(MailPrediction.STAKE, heads, words, row),
                    card.languages().orElse(List.of())));
        }
        return predictions;
    }

    /** What the encoder wants answered, then a batch of each size, of mails of all lengths in turn. */
    private void warmUp(List<Integer> sizes) {
        backend.warmUp(() -> encoder.probes().forEach(this::score));
        List<MailText> texts = encoder.warmUp();
        backend.warmUp(
                sizes,
                size -> apply(IntStream.range(0, size)
                        .mapToObj(number -> texts.get(number % texts.size()))
                        .toList()));
    }

    @Override
    public void close() {
        backend.close();
        encoder.close();
    }

    private Optional<MailPrediction.Head> head(
            String name, Map<String, float[][]> outputs, Map<String, List<List<WordEffect>>> words, int row) {
        MailCard.Head head = card.heads().get(name);
        if (head == null) {
            return Optional.empty();
        }
        float[] probabilities = outputs.get(name)[row];
        int best = best(name, probabilities);
        return Optional.of(new MailPrediction.Head(
                head.labels(),
                probabilities,
                best,
                probabilities[best] < head.threshold(),
                words.isEmpty() ? List.of() : words.get(name).get(row)));
    }

    private static int best(String head, float[] probabilities) {
        int best = 0;
        double sum = 0;
        for (int label = 0; label < probabilities.length; label++) {
            sum += probabilities[label];
            if (probabilities[label] > probabilities[best]) {
                best = label;
            }
        }
        // Written so that NaN fails it too.
        if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
            throw new IllegalStateException(
                    "output '" + head + "' of the model adds up to " + sum + " instead of 1: this is no score");
        }
        return best;
    }
}
