package dev.vorrang.scoring.mail.model;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import dev.vorrang.scoring.model.RowTiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Feeds {@code subject} and {@code body} as strings, all mails in one call, filled up to whole tiles. Owns nothing. */
record TextEncoder(MailCard.Limits limits) implements MailEncoder {

    private static final MailText NOTHING = new MailText("", "");

    @Override
    public List<TensorSpec> inputs() {
        List<Long> batch = List.of(-1L);
        return List.of(
                new TensorSpec(MailArrays.SUBJECT, "string", batch), new TensorSpec(MailArrays.BODY, "string", batch));
    }

    @Override
    public List<EncodedMails> encode(List<MailText> mails) {
        int rows = RowTiles.filled(mails.size());
        var filled = new ArrayList<>(mails);
        filled.addAll(Collections.nCopies(rows - mails.size(), NOTHING));
        return List.of(new EncodedMails(
                IntStream.range(0, mails.size()).toArray(), rows, () -> MailArrays.of(filled, limits)));
    }

    @Override
    public List<EncodedMails> probes() {
        return List.of();
    }

    @Override
    public List<MailText> warmUp() {
        return List.of(new MailText("Warm-up", "The first call is slow, so it is not made with a real mail."));
    }

    @Override
    public void close() {}
}
