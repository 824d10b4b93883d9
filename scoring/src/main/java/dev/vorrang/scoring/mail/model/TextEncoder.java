package dev.vorrang.scoring.mail.model;

import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelCard.TensorSpec;
import java.util.List;
import java.util.stream.IntStream;

/** Feeds {@code subject} and {@code body} as strings, all mails in one call. Owns nothing. */
record TextEncoder(ModelCard.Limits limits) implements MailEncoder {

    @Override
    public List<TensorSpec> inputs() {
        List<Long> batch = List.of(-1L);
        return List.of(
                new TensorSpec(MailTensors.SUBJECT, "string", batch),
                new TensorSpec(MailTensors.BODY, "string", batch));
    }

    @Override
    public List<EncodedMails> encode(List<MailText> mails) {
        return List.of(
                new EncodedMails(IntStream.range(0, mails.size()).toArray(), () -> new MailTensors(mails, limits)));
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
