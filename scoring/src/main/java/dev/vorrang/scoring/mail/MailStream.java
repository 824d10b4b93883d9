package dev.vorrang.scoring.mail;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.TopicSet;
import dev.vorrang.schemas.Topics;
import dev.vorrang.scoring.engine.Predictor;
import dev.vorrang.scoring.engine.StreamDefinition;
import dev.vorrang.scoring.engine.StreamEnvironment;
import dev.vorrang.scoring.engine.TaskContext;
import dev.vorrang.scoring.engine.TaskScorer;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The mail stream: {@code mail.received} to {@code mail.scored}, {@code mail.route.<queue>} and {@code mail.dead-letters}.
 *
 * @param environment what it runs in
 * @param names names of the topics
 * @param queues every queue that {@code assessment} may route to
 * @param models scores batches; stays the caller's to close
 * @param assessment makes a score of a prediction
 * @param batch when a batch is scored
 * @param threadWindow how far apart two mails of a thread may be to count as repeats, 1 minute to 365 days
 */
public record MailStream(
        StreamEnvironment environment,
        Topics names,
        List<String> queues,
        Predictor<MailText, MailPrediction> models,
        Assessment assessment,
        BatchSettings batch,
        Duration threadWindow)
        implements StreamDefinition<EmailMessage, MailText, MailPrediction> {

    public static final String ID = "mail";
    public static final Duration DEFAULT_THREAD_WINDOW = Duration.ofDays(7);

    public MailStream {
        Objects.requireNonNull(environment, "environment");
        Objects.requireNonNull(names, "names");
        queues = List.copyOf(queues);
        Objects.requireNonNull(models, "models");
        Objects.requireNonNull(assessment, "assessment");
        Objects.requireNonNull(batch, "batch");
        if (threadWindow.compareTo(Duration.ofMinutes(1)) < 0 || threadWindow.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException("threadWindow " + threadWindow + ": allowed is 1 minute to 365 days");
        }
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public TopicSet<EmailMessage> topics() {
        return topics(names, queues);
    }

    /** The topics of a stream with these queues. */
    public static TopicSet<EmailMessage> topics(Topics names, List<String> queues) {
        var outputs = new ArrayList<Topic<?>>(List.of(names.mailScored()));
        queues.forEach(queue -> outputs.add(names.mailRoute(queue)));
        return new TopicSet<>(names.mailReceived(), List.of(), outputs, names.mailDeadLetters());
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
        return Set.of(ThreadRepeats.store());
    }

    @Override
    public TaskScorer<EmailMessage, MailText, MailPrediction> task(
            TaskContext<EmailMessage, MailText, MailPrediction> context) {
        return new MailTask(this, context);
    }
}
