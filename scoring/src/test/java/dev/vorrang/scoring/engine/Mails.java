package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Priority;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.SchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailStream;
import dev.vorrang.scoring.mail.MailText;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Mails, a model and a stream for tests. */
final class Mails {

    static final Topics TOPICS = new Topics("");
    static final String QUEUE = "support";
    static final ModelRef MODEL = new ModelRef("echo", "7");
    static final Instant RECEIVED = Instant.parse("2026-03-01T08:00:00Z");

    private static final MailPrediction PREDICTION = new MailPrediction(
            Optional.of(new MailPrediction.Head(
                    List.of("order", "outage"), new float[] {0.25f, 0.75f}, 1, false, List.of())),
            Optional.empty(),
            Optional.empty());

    private Mails() {}

    static EmailMessage mail(String id, String thread, String subject) {
        return mail(id, thread, subject, RECEIVED);
    }

    static EmailMessage mail(String id, String thread, String subject, Instant receivedAt) {
        return EmailMessage.newBuilder()
                .setId(id)
                .setThread(thread)
                .setSource("file:/test#1")
                .setReceivedAt(receivedAt)
                .setSubject(subject)
                .setText("text of " + id)
                .build();
    }

    /** Fails for a batch that has the word poison in a subject. */
    static List<MailPrediction> predict(List<MailText> texts) {
        if (texts.stream().anyMatch(text -> text.subject().contains("poison"))) {
            throw new IllegalArgumentException("the model chokes on poison");
        }
        return texts.stream().map(text -> PREDICTION).toList();
    }

    /** Routes every mail to {@link #QUEUE}; the number of repeats is the first reason. */
    static MailScore assess(
            EmailMessage mail, Prediction<MailPrediction> prediction, int repeats, Position position, Instant now) {
        if (mail.getSubject().contains("unjudgeable")) {
            throw new IllegalArgumentException("the policy cannot judge this");
        }
        return MailScore.newBuilder()
                .setId(mail.getId())
                .setThread(mail.getThread())
                .setSource(mail.getSource())
                .setSubject(mail.getSubject())
                .setReceivedAt(mail.getReceivedAt())
                .setTopic(prediction.value().topic().orElseThrow().label())
                .setPriority(Priority.NORMAL)
                .setPriorityScore(0.5f)
                .setReasons(List.of("repeats " + repeats))
                .setQueues(List.of(mail.getSubject().contains("lost") ? "nowhere" : QUEUE))
                .setModel(prediction.models().get(0))
                .setPosition(position)
                .setScoredAt(now)
                .build();
    }

    static MailStream stream(
            Topics topics,
            SchemaRegistry registry,
            BatchFunction<MailText, MailPrediction> model,
            BatchSettings batch,
            Clock clock) {
        return stream(topics, registry, model, batch, clock, new SimpleMeterRegistry());
    }

    static MailStream stream(
            Topics topics,
            SchemaRegistry registry,
            BatchFunction<MailText, MailPrediction> model,
            BatchSettings batch,
            Clock clock,
            MeterRegistry meters) {
        return new MailStream(
                new StreamEnvironment(new AvroSerdes(registry), new ScoringMetrics(meters, MailStream.ID), clock),
                topics,
                List.of(QUEUE),
                new ModelSlot<>(Model.of(MODEL, new MailText("", ""), model), batch),
                Mails::assess,
                batch,
                MailStream.DEFAULT_THREAD_WINDOW);
    }
}
