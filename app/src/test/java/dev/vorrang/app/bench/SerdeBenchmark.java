package dev.vorrang.app.bench;

import dev.vorrang.app.streams.mail.MailSamples;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.serialization.Serde;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Record to bytes and back, in the wire format of the registry: mails in great variety, in turn. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class SerdeBenchmark {

    private static final int MAILS = 512;
    private static final String TOPIC = new Topics("").mailReceived().name();

    private final List<EmailMessage> mails = MailSamples.of(MAILS, 1, Clock.systemUTC());
    private ConfluentSchemaRegistry registry;
    private Serde<EmailMessage> serde;
    private List<byte[]> encoded;
    private int next;

    @Setup
    public void connect() {
        registry = ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", "mock://bench"));
        serde = new AvroSerdes(registry).valueSerde(new Topics("").mailReceived());
        encoded = mails.stream()
                .map(mail -> serde.serializer().serialize(TOPIC, mail))
                .toList();
    }

    @TearDown
    public void disconnect() {
        registry.close();
    }

    @Benchmark
    public byte[] encode() {
        next = (next + 1) % MAILS;
        return serde.serializer().serialize(TOPIC, mails.get(next));
    }

    @Benchmark
    public EmailMessage decode() {
        next = (next + 1) % MAILS;
        return serde.deserializer().deserialize(TOPIC, encoded.get(next));
    }
}
