package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.model.MailCard;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelCards;
import dev.vorrang.training.bert.BertSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The card of an adapter: what a published base model needs to become a mail model. The fields that it shares with {@link MailCard} are
 * those of the mail model that is made of both.
 *
 * @param base the published model
 * @param encoder how the base is built, and the adapter with it
 * @param files SHA-256 of the adapter, by path in its folder
 */
public record AdapterCard(
        String name,
        String version,
        String task,
        String description,
        Signature signature,
        Base base,
        Encoder encoder,
        Map<String, MailCard.Head> heads,
        MailCard.Limits limits,
        MailCard.Tokens tokens,
        Training training,
        List<MailCard.Figure> figures,
        Map<String, String> files,
        List<String> languages)
        implements ModelCard {

    /** Task of an adapter. */
    public static final String TASK = "mail-adapter";

    /** Path of the adapter in its folder: a {@link dev.vorrang.training.bert.TensorFile}. */
    public static final String WEIGHTS = "assets/adapter.safetensors";

    /**
     * A file in a Maven repository.
     *
     * @param path below the root of the repository
     * @param bytes its size
     * @param sha256 64 hex digits
     * @param licence of its weights
     */
    public record Base(String path, long bytes, String sha256, String licence) {}

    /**
     * Size of the encoder, see {@link BertSize}, and the adapter's.
     *
     * @param lowerCase whether texts are read in lower case
     * @param adaptedFrom the lowest layer that has an adapter, from 0
     * @param rank of the adapter's matrices
     * @param scale of their products
     */
    public record Encoder(
            int vocabulary,
            int positions,
            int width,
            int layers,
            int heads,
            int inner,
            boolean lowerCase,
            int adaptedFrom,
            int rank,
            double scale) {

        BertSize size() {
            return new BertSize(vocabulary, positions, width, layers, heads, inner);
        }
    }

    public AdapterCard {
        heads = Map.copyOf(heads);
        figures = List.copyOf(figures);
        files = Map.copyOf(files);
        languages = List.copyOf(languages);
    }

    /**
     * Reads the card of an adapter, and compares its files with it.
     *
     * @throws dev.vorrang.scoring.model.ModelRefusedException if something is missing, changed or not valid
     */
    public static AdapterCard read(Path folder) {
        AdapterCard card = ModelCards.read(folder, AdapterCard.class, Set.of(TASK));
        ModelCards.verifyFiles(folder, card);
        return card;
    }

    /** The card of the mail model in a folder where its other files are already. */
    MailCard mailCard(Path folder) {
        return new MailCard(
                name,
                version,
                MailCard.MAIL_TASK,
                description,
                signature,
                heads,
                limits,
                training,
                figures,
                ModelCards.hashes(folder),
                Optional.of(tokens),
                Optional.of(languages).filter(known -> !known.isEmpty()));
    }
}
