package dev.vorrang.scoring.mail.model;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import dev.vorrang.scoring.model.ModelRefusedException;
import java.nio.file.Path;
import java.util.List;

/**
 * Turns mails into what the graph of a mail model takes. Safe for use by several threads at once; whoever made one closes it, after
 * the last call has returned.
 */
sealed interface MailEncoder extends AutoCloseable permits TextEncoder, TokenEncoder {

    /**
     * The encoder that the card asks for: tokens if it has the part {@code tokens}, strings otherwise.
     *
     * @throws ModelRefusedException if card or tokenizer are not fit for it
     */
    static MailEncoder of(Path folder, MailCard card) {
        return card.tokens()
                .<MailEncoder>map(tokens -> TokenEncoder.of(folder, card, tokens))
                .orElseGet(() -> new TextEncoder(card.limits()));
    }

    /** What the graph must take. */
    List<TensorSpec> inputs();

    /**
     * Divides mails into calls of the graph.
     *
     * @param mails one or more
     * @return calls that together have each mail once
     */
    List<EncodedMails> encode(List<MailText> mails);

    /** Calls that a graph fit for this encoder can answer, whatever they say; none if all calls are alike. */
    List<EncodedMails> probes();

    /** Mails to warm a model up with, of every length that it tells apart; one or more. */
    List<MailText> warmUp();

    @Override
    void close();
}
