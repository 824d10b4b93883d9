package dev.vorrang.app.streams.mail;

import dev.vorrang.app.bench.BenchStream;
import dev.vorrang.app.bench.CallMeter;
import dev.vorrang.app.bench.Cycle;
import dev.vorrang.app.bench.ModelPace;
import dev.vorrang.app.bench.RecordNumber;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.scoring.engine.Model;
import dev.vorrang.scoring.engine.StreamDefinition;
import dev.vorrang.scoring.engine.StreamEnvironment;
import dev.vorrang.scoring.engine.batch.BatchFunction;
import dev.vorrang.scoring.mail.MailPrediction;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.MailModel;
import dev.vorrang.scoring.model.ModelOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The mail stream with the policy and the routes that it has by default. */
final class MailBench implements BenchStream {

    private static final int SAMPLES = 4_096;
    private static final int ANSWERS = 256;
    private static final long LEAD = 200;
    private static final long SEED = 1;

    private final MailModel model;
    private final Path folder;
    private final List<EmailMessage> mails;
    private final Cycle<MailText> texts;
    private final BatchFunction<MailText, MailPrediction> known;
    private final BatchFunction<MailText, MailPrediction> paced;

    /**
     * A mail in the wire format.
     *
     * @param threadAt where its thread begins
     * @param thread number of its thread, as in {@link RecordNumber}
     */
    private record Sample(byte[] value, int threadAt, long thread) {

        static Sample of(byte[] value, long thread) {
            return new Sample(value, RecordNumber.find(value, thread), thread);
        }

        /** The mail with an id of its own, and with a thread of its own each time that all samples were had. */
        Input with(long number) {
            byte[] mail = RecordNumber.stamped(value, number);
            long another = thread + number / SAMPLES * SAMPLES;
            RecordNumber.write(mail, threadAt, another);
            return new Input(RecordNumber.id(another), mail);
        }
    }

    private MailBench(MailModel model, Path folder, Duration delay) {
        this.model = model;
        this.folder = folder;
        mails = MailSamples.of(SAMPLES, SEED, Clock.systemUTC());
        texts = new Cycle<>(mails.stream()
                .map(mail -> new MailText(mail.getSubject(), mail.getText()))
                .toList());
        var answers = new Cycle<>(model.apply(texts.of(0, ANSWERS)));
        known = inputs -> answers.of(0, inputs.size());
        paced = ModelPace.of(model, known, delay);
    }

    /**
     * Loads the model.
     *
     * @param delay time that a call takes if the model's own is not to count, else zero
     * @param options how it is put into service
     * @throws dev.vorrang.scoring.model.ModelRefusedException if it cannot be put into service
     */
    static MailBench load(Path folder, Duration delay, ModelOptions options) {
        return new MailBench(MailModel.load(folder, options), folder, delay);
    }

    @Override
    public String name() {
        return "mail";
    }

    @Override
    public ModelRef model() {
        return new ModelRef(model.card().name(), model.card().version());
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public Map<String, String> records() {
        double mean = mails.stream()
                .mapToInt(mail -> mail.getText().length())
                .average()
                .orElse(0);
        return Map.of("Mails", "%d different ones, %.0f characters of text on average".formatted(SAMPLES, mean));
    }

    @Override
    public Topic<?> input(Topics topics) {
        return topics.mailReceived();
    }

    @Override
    public Topic<?> scores(Topics topics) {
        return topics.mailScored();
    }

    @Override
    public List<Topic<?>> topics(Topics topics) {
        return new MailKit()
                .topics(MailStreamSettings.SECTION.defaults(), topics)
                .all();
    }

    @Override
    public Inputs inputs(Topics topics, AvroSerdes serdes) {
        var topic = topics.mailReceived();
        var serializer = serdes.valueSerde(topic).serializer();
        List<Sample> samples = mails.stream()
                .map(mail -> Sample.of(serializer.serialize(topic.name(), mail), RecordNumber.parse(mail.getThread())))
                .toList();
        return number -> samples.get((int) (number % SAMPLES)).with(number);
    }

    @Override
    public void score(long from, int size) {
        paced.apply(texts.of(from, size));
    }

    @Override
    public long lead() {
        return LEAD;
    }

    @Override
    public int defaultBatch() {
        return MailStreamSettings.SECTION.defaults().stream().batch().maxSize();
    }

    @Override
    public StreamDefinition<?, ?, ?> stream(
            Answers answers, int batch, CallMeter meter, Topics topics, AvroSerdes serdes) {
        var usual = MailStreamSettings.SECTION.defaults();
        var measured = Model.of(model(), model.probe(), meter.around(answers == Answers.FREE ? known : paced));
        return new MailKit()
                .define(
                        usual.withBatch(usual.stream().batch().withMaxSize(batch)),
                        List.of(measured),
                        topics,
                        StreamEnvironment.of(serdes, new SimpleMeterRegistry(), name()));
    }

    @Override
    public void close() {
        model.close();
    }
}
