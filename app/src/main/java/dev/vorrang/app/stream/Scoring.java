package dev.vorrang.app.stream;

import dev.vorrang.app.settings.MachineStreamSettings;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.Health;
import dev.vorrang.scoring.engine.Model;
import dev.vorrang.scoring.engine.ModelSlot;
import dev.vorrang.scoring.engine.ScoringStreams;
import dev.vorrang.scoring.engine.StreamDefinition;
import dev.vorrang.scoring.engine.StreamEnvironment;
import dev.vorrang.scoring.engine.StreamsSettings;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.engine.batch.BatchSettings;
import dev.vorrang.scoring.engine.metrics.ScoringMetrics;
import dev.vorrang.scoring.machine.MachineModel;
import dev.vorrang.scoring.machine.MachineStream;
import dev.vorrang.scoring.machine.StepScorer;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailStream;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.MailTriage;
import dev.vorrang.scoring.mail.PriorityPolicy;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.route.Routes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream that is scored, and its models. Owns both, and closes both. */
public final class Scoring implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Scoring.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);

    private final String name;
    private final ScoringStreams streams;
    private final List<? extends AutoCloseable> models;

    private Scoring(String name, ScoringStreams streams, List<? extends AutoCloseable> models) {
        this.name = name;
        this.streams = streams;
        this.models = models;
    }

    /**
     * How mails are judged and sent on.
     *
     * @param policy gives the priority
     * @param routes give the queues
     * @param batch when a batch is scored
     * @param callsAtOnce how many calls of the model may run at once; empty for one in each stream thread
     * @param threadWindow how far apart two mails of a thread may be to count as repeats
     */
    public record MailPlan(
            PriorityPolicy policy,
            Routes routes,
            BatchSettings batch,
            OptionalInt callsAtOnce,
            Duration threadWindow) {}

    /**
     * What streams write to, and where they count.
     *
     * @param topics names of the topics
     * @param serdes of the topics' values
     * @param metrics takes the metrics
     */
    public record Surroundings(Topics topics, AvroSerdes serdes, MeterRegistry metrics) {}

    /** Starts the mail stream, and returns when the topics are there and mails are scored. */
    public static Scoring mail(MailModel model, MailPlan plan, Surroundings around, StreamsSettings settings) {
        return mail(model, plan, around, settings, Wiring.STANDARD);
    }

    static Scoring mail(MailModel model, MailPlan plan, Surroundings around, StreamsSettings settings, Wiring wiring) {
        MailStream stream = stream(wiring.mail(model), model.reference(), plan, around);
        return start(MailStream.ID, stream, List.of(model), settings, wiring);
    }

    /** The mail stream, not started. */
    public static MailStream stream(
            BatchFunction<MailText, MailPrediction> model, ModelRef reference, MailPlan plan, Surroundings around) {
        var batch = plan.batch().withCallsAtOnce(plan.callsAtOnce());
        var asked = Model.of(reference, new MailText("", ""), model);
        return new MailStream(
                environment(MailStream.ID, around),
                around.topics(),
                plan.routes().names(),
                new ModelSlot<>(asked, batch),
                new MailTriage(plan.policy(), plan.routes()),
                batch,
                plan.threadWindow());
    }

    private static StreamEnvironment environment(String stream, Surroundings around) {
        return new StreamEnvironment(around.serdes(), new ScoringMetrics(around.metrics(), stream), Clock.systemUTC());
    }

    /** Starts the machine stream, and returns when the topics are there and readings are scored. */
    public static Scoring machine(
            List<MachineModel> models, MachineStreamSettings plan, Surroundings around, StreamsSettings settings) {
        return machine(models, plan, around, settings, Wiring.STANDARD);
    }

    /** @param models wired already */
    static Scoring machine(
            List<MachineModel> models,
            MachineStreamSettings plan,
            Surroundings around,
            StreamsSettings settings,
            Wiring wiring) {
        return start(MachineStream.ID, stream(models, plan, around), models, settings, wiring);
    }

    /** The machine stream, not started. */
    public static MachineStream stream(List<MachineModel> models, MachineStreamSettings plan, Surroundings around) {
        return new MachineStream(
                environment(MachineStream.ID, around),
                around.topics(),
                new StepScorer(models, plan.stream().batch()),
                plan.rules(),
                plan.stream().batch(),
                plan.cachedMachines(),
                plan.store() == MachineStreamSettings.Store.MEMORY);
    }

    private static Scoring start(
            String name,
            StreamDefinition<?, ?, ?> stream,
            List<? extends AutoCloseable> models,
            StreamsSettings settings,
            Wiring wiring) {
        var scoring = new Scoring(name, new ScoringStreams(stream, settings, wiring.hook()), models);
        try {
            scoring.streams.start();
            return scoring;
        } catch (RuntimeException e) {
            scoring.close();
            throw e;
        }
    }

    /** What is scored: mail or machine. */
    public String name() {
        return name;
    }

    /** How the stream is doing now. */
    public Health health() {
        return streams.health();
    }

    /** Scores and commits what was read, and closes the models. */
    @Override
    public void close() {
        // A thread that does not end in time may be inside a model: better that it stays open until the program ends.
        if (!streams.close(CLOSE_LIMIT)) {
            LOG.warn(
                    "Scoring of {} did not end within {}; what it had not committed is scored again next time",
                    name,
                    CLOSE_LIMIT);
            return;
        }
        for (AutoCloseable model : models) {
            try {
                model.close();
            } catch (Exception e) {
                LOG.warn("A model of {} did not close", name, e);
            }
        }
    }
}
