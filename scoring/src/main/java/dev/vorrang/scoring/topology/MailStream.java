package dev.vorrang.scoring.topology;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.batch.BatchFunction;
import dev.vorrang.scoring.batch.BatchSettings;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.metrics.ScoringMetrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.Topology;

/**
 * What the mail stream is made of. All parts are shared by the stream threads and stay the caller's to close.
 *
 * @param topics names of the topics
 * @param queues every queue that {@code assessment} may route to
 * @param serdes of the topics' values
 * @param model scores batches
 * @param modelRef names the model in dead letters and metrics
 * @param assessment makes a score of a prediction
 * @param batch when a batch is scored
 * @param threadWindow how far apart two mails of a thread may be to count as repeats, 1 minute to 365 days
 * @param metrics of this stream
 * @param clock tells the time of scoring
 */
public record MailStream(
        Topics topics,
        List<String> queues,
        AvroSerdes serdes,
        BatchFunction<MailText, MailPrediction> model,
        ModelRef modelRef,
        Assessment assessment,
        BatchSettings batch,
        Duration threadWindow,
        ScoringMetrics metrics,
        Clock clock)
        implements ScoringStream {

    public static final Duration DEFAULT_THREAD_WINDOW = Duration.ofDays(7);

    public MailStream {
        Objects.requireNonNull(topics, "topics");
        queues = List.copyOf(queues);
        Objects.requireNonNull(serdes, "serdes");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(modelRef, "modelRef");
        Objects.requireNonNull(assessment, "assessment");
        Objects.requireNonNull(batch, "batch");
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(clock, "clock");
        if (threadWindow.compareTo(Duration.ofMinutes(1)) < 0 || threadWindow.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException("threadWindow " + threadWindow + ": allowed is 1 minute to 365 days");
        }
    }

    @Override
    public Topic<?> input() {
        return topics.mailReceived();
    }

    @Override
    public List<Topic<?>> allTopics() {
        return topics.mail(queues);
    }

    @Override
    public List<ModelRef> models() {
        return List.of(modelRef);
    }

    @Override
    public Topology topology(Patience patience, CommitHook hook, CallWatch watch) {
        return MailTopology.build(this, patience, hook, watch);
    }
}
