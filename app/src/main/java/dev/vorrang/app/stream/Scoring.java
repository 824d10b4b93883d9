package dev.vorrang.app.stream;

import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.batch.BatchFunction;
import dev.vorrang.scoring.batch.BatchSettings;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.MailTriage;
import dev.vorrang.scoring.mail.PriorityPolicy;
import dev.vorrang.scoring.metrics.ScoringMetrics;
import dev.vorrang.scoring.route.Routes;
import dev.vorrang.scoring.topology.Health;
import dev.vorrang.scoring.topology.MailStream;
import dev.vorrang.scoring.topology.ScoringStreams;
import dev.vorrang.scoring.topology.StreamsSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Scores mails with a model, by a policy. Owns the stream and the model, and closes both. */
public final class Scoring implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scoring.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);

    private final ScoringStreams streams;
    private final Runnable closeModel;

    private Scoring(ScoringStreams streams, Runnable closeModel) {
        this.streams = streams;
        this.closeModel = closeModel;
    }

    /**
     * How mails are judged and sent on.
     *
     * @param policy gives the priority
     * @param routes give the queues
     * @param batch when a batch is scored
     * @param threadWindow how far apart two mails of a thread may be to count as repeats
     */
    public record Plan(PriorityPolicy policy, Routes routes, BatchSettings batch, Duration threadWindow) {}

    /**
     * Starts, and returns when the topics are there and mails are scored.
     *
     * @param model scores batches
     * @param closeModel run when nothing uses the model any more
     * @param reference names the model
     */
    public static Scoring start(
            BatchFunction<MailText, MailPrediction> model,
            Runnable closeModel,
            ModelRef reference,
            Plan plan,
            Topics topics,
            AvroSerdes serdes,
            StreamsSettings settings,
            MeterRegistry metrics) {
        var triage = new MailTriage(plan.policy(), plan.routes(), reference);
        var stream = new MailStream(
                topics,
                plan.routes().names(),
                serdes,
                model,
                reference,
                triage::assess,
                plan.batch(),
                plan.threadWindow(),
                new ScoringMetrics(metrics, "mail"),
                Clock.systemUTC());
        var scoring = new Scoring(new ScoringStreams(stream, settings), closeModel);
        try {
            scoring.streams.start();
            return scoring;
        } catch (RuntimeException e) {
            scoring.close();
            throw e;
        }
    }

    /** How the stream is doing now. */
    public Health health() {
        return streams.health();
    }

    /** Scores and commits what was read, and closes the model. */
    @Override
    public void close() {
        // A thread that does not end in time may be inside the model: better that it stays open until the program ends.
        if (!streams.close(CLOSE_LIMIT)) {
            LOG.warn("Scoring did not end within {}; what it had not committed is scored again next time", CLOSE_LIMIT);
            return;
        }
        closeModel.run();
    }
}
