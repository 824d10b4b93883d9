package dev.vorrang.scoring.mail.cascade;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.scoring.engine.Model;
import dev.vorrang.scoring.engine.ModelSlot;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.batch.Outcome;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailPrediction.Head;
import dev.vorrang.scoring.mail.MailText;
import java.util.List;
import java.util.Optional;

/**
 * Mails and models for the tests of cascades. The body of a mail has what the small model says: the probability of its topic, and
 * where there is a second number, that of now.
 */
final class Cascades {

    static final ModelRef SMALL = new ModelRef("small", "1");
    static final ModelRef LARGE = new ModelRef("large", "2");

    private static final float THRESHOLD = 0.6f;

    private Cascades() {}

    static MailText mail(String subject, String body) {
        return new MailText(subject, body);
    }

    static ModelSlot<MailText, MailPrediction> small() {
        return slot(SMALL, mails -> mails.stream().map(Cascades::small).toList());
    }

    static ModelSlot<MailText, MailPrediction> large(BatchFunction<MailText, MailPrediction> function) {
        return slot(LARGE, function);
    }

    /** Answers with the topic {@code large: <subject>}, and is sure. */
    static List<MailPrediction> answer(List<MailText> mails) {
        return mails.stream()
                .map(mail -> topic(new Head(
                        List.of("large: " + mail.subject(), "other"), new float[] {1, 0}, 0, false, List.of())))
                .toList();
    }

    private static ModelSlot<MailText, MailPrediction> slot(
            ModelRef reference, BatchFunction<MailText, MailPrediction> function) {
        return new ModelSlot<>(Model.of(reference, mail("probe", "1"), function), BatchSettings.defaults());
    }

    /** What the small model says; it chokes on poison. */
    static MailPrediction small(MailText mail) {
        if (mail.body().equals("poison")) {
            throw new IllegalArgumentException("the small model chokes on poison");
        }
        String[] numbers = mail.body().split(" ");
        float sure = Float.parseFloat(numbers[0]);
        var topic = new Head(
                List.of("small: " + mail.subject(), "other"),
                new float[] {sure, 1 - sure},
                0,
                sure < THRESHOLD,
                List.of());
        if (numbers.length == 1) {
            return topic(topic);
        }
        float now = Float.parseFloat(numbers[1]);
        var urgency =
                new Head(List.of("none", "now"), new float[] {1 - now, now}, now > 0.5f ? 1 : 0, false, List.of());
        return new MailPrediction(
                Optional.of(topic), Optional.empty(), Optional.empty(), Optional.of(urgency), Optional.empty());
    }

    private static MailPrediction topic(Head topic) {
        return new MailPrediction(Optional.of(topic), Optional.empty(), Optional.empty());
    }

    static String topic(Outcome<Prediction<MailPrediction>> outcome) {
        return prediction(outcome).value().topic().orElseThrow().label();
    }

    static Prediction<MailPrediction> prediction(Outcome<Prediction<MailPrediction>> outcome) {
        return ((Outcome.Scored<Prediction<MailPrediction>>) outcome).score();
    }
}
