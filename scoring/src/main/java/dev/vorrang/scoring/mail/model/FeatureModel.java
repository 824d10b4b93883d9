package dev.vorrang.scoring.mail.model;

import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.model.InferenceBackend;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.scoring.model.ModelRefusedException;
import dev.vorrang.scoring.model.SavedModelBackend;
import dev.vorrang.scoring.model.SignatureCheck;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * The layer below the heads of a mail model, for new heads to learn from: the signature {@code features} of its SavedModel, which
 * takes what {@code serving_default} takes and gives {@code features} ({@code float32 [batch, width]}).
 *
 * <p>Safe for use by several threads at once. It owns graph, session and tokenizer, and whoever loaded it closes it, once and after
 * the last call has returned.
 */
public final class FeatureModel implements BatchFunction<MailText, float[]>, AutoCloseable {

    /** Name of the signature and of its output. */
    public static final String FEATURES = SignatureCheck.FEATURES;

    private final MailCard card;
    private final MailEncoder encoder;
    private final InferenceBackend backend;
    private final int width;

    private FeatureModel(MailCard card, MailEncoder encoder, InferenceBackend backend, int width) {
        this.card = card;
        this.encoder = encoder;
        this.backend = backend;
        this.width = width;
    }

    /**
     * Loads a model and checks its card, files, {@code serving_default} and {@code features}.
     *
     * @param folder folder of one version
     * @throws ModelRefusedException if anything is missing, damaged or not as the card says; nothing stays open then
     */
    public static FeatureModel load(Path folder, ModelOptions options) {
        MailCard card = MailCard.read(folder);
        MailEncoder encoder = MailEncoder.of(folder, card);
        try {
            InferenceBackend.Opener opener = SavedModelBackend::open;
            var backend = opener.open(folder, card, options, encoder.inputs(), new HeadOutputs(card).specs());
            try {
                return new FeatureModel(card, encoder, backend, SignatureCheck.features(backend, encoder.inputs()));
            } catch (RuntimeException e) {
                backend.close();
                throw e;
            }
        } catch (RuntimeException e) {
            encoder.close();
            throw e;
        }
    }

    public MailCard card() {
        return card;
    }

    /** Features of a mail. */
    public int width() {
        return width;
    }

    /**
     * @param mails one or more
     * @return features of each mail, {@code [width]}, in the order of the mails
     * @throws IllegalStateException if the output has the wrong shape
     * @throws TensorFlowException if TensorFlow refuses the call, for lack of memory, say
     */
    @Override
    public List<float[]> apply(List<MailText> mails) {
        var features = new float[mails.size()][];
        for (EncodedMails part : mails.isEmpty() ? List.<EncodedMails>of() : encoder.encode(mails)) {
            int[] places = part.mails();
            try (var answer = backend.infer(FEATURES, part.inputs().get())) {
                float[][] rows = answer.rows(FEATURES, part.rows(), width);
                for (int row = 0; row < places.length; row++) {
                    features[places[row]] = rows[row];
                }
            }
        }
        return Arrays.asList(features);
    }

    @Override
    public void close() {
        backend.close();
        encoder.close();
    }
}
