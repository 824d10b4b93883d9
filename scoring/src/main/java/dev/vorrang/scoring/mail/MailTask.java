package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.Topic;
import dev.vorrang.scoring.engine.Emission;
import dev.vorrang.scoring.engine.Output;
import dev.vorrang.scoring.engine.Pending;
import dev.vorrang.scoring.engine.Prediction;
import dev.vorrang.scoring.engine.RecordFailedException;
import dev.vorrang.scoring.engine.RecordInfo;
import dev.vorrang.scoring.engine.TaskContext;
import dev.vorrang.scoring.engine.TaskScorer;
import dev.vorrang.scoring.engine.metrics.Measurement;
import dev.vorrang.scoring.engine.metrics.Metric;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One task's mails: counts each in its thread, and makes its score of what the model says. For one thread. */
final class MailTask implements TaskScorer<EmailMessage, MailText, MailPrediction> {

    private static final String ANSWERED = "ANSWERED";

    private final MailStream stream;
    private final ThreadRepeats repeats;
    private final Topic<MailScore> scored;
    private final Map<String, Topic<MailScore>> routes = new LinkedHashMap<>();

    MailTask(MailStream stream, TaskContext<EmailMessage, MailText, MailPrediction> context) {
        this.stream = stream;
        this.scored = stream.names().mailScored();
        stream.queues().forEach(queue -> routes.put(queue, stream.names().mailRoute(queue)));
        this.repeats = new ThreadRepeats(
                context.store(ThreadRepeats.STORE),
                stream.threadWindow(),
                stream.environment().clock());
        context.schedule(stream.threadWindow().dividedBy(24), repeats::expire);
    }

    @Override
    public Optional<Pending<MailText, MailPrediction>> accept(EmailMessage mail, RecordInfo record) {
        // The mail's own time; that of its record is when the broker took it.
        int others = repeats.note(
                mail.getThread(),
                mail.getId(),
                mail.getMessageId(),
                mail.getReceivedAt().toEpochMilli());
        var text = new MailText(mail.getSubject(), mail.getText());
        return Optional.of(new PendingMail(this, mail, text, others, record.position()));
    }

    /** @param repeats other mails of its thread */
    private record PendingMail(MailTask task, EmailMessage mail, MailText input, int repeats, Position position)
            implements Pending<MailText, MailPrediction> {

        @Override
        public Emission complete(Prediction<MailPrediction> prediction, Instant now) {
            MailScore score = score(prediction, now);
            var measurements = new ArrayList<Measurement>();
            prediction.value().deferral().ifPresent(deferral -> {
                if (deferral instanceof Deferral.Unanswered unanswered) {
                    measurements.add(Measurement.one(
                            Metric.CASCADE_MAILS, unanswered.cause().name()));
                } else if (deferral instanceof Deferral.Answered answered) {
                    measurements.add(Measurement.one(Metric.CASCADE_MAILS, ANSWERED));
                    MailScore small = score(new Prediction<>(answered.small(), prediction.models()), now);
                    measurements.addAll(changes(small, score));
                }
            });
            return task.emission(score, measurements);
        }

        private MailScore score(Prediction<MailPrediction> prediction, Instant now) {
            return task.stream.assessment().assess(mail, prediction, repeats, position, now);
        }
    }

    /** What the large model of a cascade changed. */
    private static List<Measurement> changes(MailScore small, MailScore large) {
        var changes = new ArrayList<Measurement>();
        if (!Objects.equals(small.getTopic(), large.getTopic())) {
            changes.add(Measurement.one(Metric.CASCADE_CHANGED, "TOPIC"));
        }
        if (!Objects.equals(small.getUrgency(), large.getUrgency())) {
            changes.add(Measurement.one(Metric.CASCADE_CHANGED, "URGENCY"));
        }
        if (small.getPriority() != large.getPriority()) {
            changes.add(Measurement.one(Metric.CASCADE_CHANGED, "LEVEL"));
        }
        return changes;
    }

    private Emission emission(MailScore score, List<Measurement> measurements) {
        byte[] key = score.getThread().getBytes(StandardCharsets.UTF_8);
        var outputs = new ArrayList<Output<?>>(1 + score.getQueues().size());
        outputs.add(new Output<>(scored, key, score));
        measurements.add(Measurement.one(Metric.SCORED, score.getPriority().name()));
        measurements.add(new Measurement(Metric.ABSTAINED, score.getAbstained() ? 1 : 0, List.of()));
        for (String queue : score.getQueues()) {
            outputs.add(new Output<>(route(queue), key, score));
            measurements.add(Measurement.one(Metric.ROUTED, queue));
        }
        return new Emission(score.getReceivedAt(), outputs, measurements);
    }

    private Topic<MailScore> route(String queue) {
        Topic<MailScore> topic = routes.get(queue);
        if (topic == null) {
            throw new RecordFailedException(
                    Stage.ROUTE,
                    new IllegalArgumentException(
                            "queue '" + queue + "' is not one of the configured queues " + routes.keySet()));
        }
        return topic;
    }
}
