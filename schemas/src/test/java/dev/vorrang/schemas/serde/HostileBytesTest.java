package dev.vorrang.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.schemas.Samples;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.registry.SchemaNotFoundException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;

/** Whatever the bytes: a record, or one of the errors that the serdes promise. */
class HostileBytesTest {

    private static final AvroSerdes SERDES =
            new AvroSerdes(ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", "mock://hostile")));
    private static final Topics TOPICS = new Topics("");
    private static final List<byte[]> MESSAGES = List.of(
            message(TOPICS.mailReceived(), Samples.mail()),
            message(TOPICS.mailScored(), Samples.score()),
            message(TOPICS.mailDeadLetters(), Samples.deadLetter()));
    private static final List<Deserializer<?>> DESERIALIZERS = List.of(
            SERDES.valueSerde(TOPICS.mailReceived()).deserializer(),
            SERDES.valueSerde(TOPICS.mailScored()).deserializer(),
            SERDES.valueSerde(TOPICS.mailDeadLetters()).deserializer());
    private static final Deserializer<GenericRecord> GENERIC = SERDES.genericDeserializer();

    private static <V extends SpecificRecord> byte[] message(Topic<V> topic, V value) {
        Serde<V> serde = SERDES.valueSerde(topic);
        return serde.serializer().serialize(topic.name(), value);
    }

    @Property(tries = 2_000)
    void randomBytes(@ForAll byte[] bytes) {
        assertHarmless(bytes);
    }

    @Property(tries = 5_000)
    void randomBytesAfterAHeader(@ForAll("index") int message, @ForAll byte[] body) {
        assertHarmless(ByteBuffer.allocate(5 + body.length)
                .put(MESSAGES.get(message), 0, 5)
                .put(body)
                .array());
    }

    @Property(tries = 10_000)
    void damagedMessages(@ForAll("damaged") byte[] message) {
        assertHarmless(message);
    }

    @Provide
    Arbitrary<Integer> index() {
        return Arbitraries.integers().between(0, MESSAGES.size() - 1);
    }

    /** A good message with some bytes overwritten, cut at some place or repeated. */
    @Provide
    Arbitrary<byte[]> damaged() {
        Arbitrary<Integer> places = Arbitraries.integers().between(0, 10_000);
        Arbitrary<List<Integer>> overwrites = places.list().ofMaxSize(4);
        Arbitrary<Byte> bytes = Arbitraries.bytes();
        return Combinators.combine(index(), overwrites, bytes, places).as((index, at, value, cut) -> {
            byte[] message = MESSAGES.get(index).clone();
            at.forEach(place -> message[place % message.length] = (byte) (value + place));
            int length = cut % 3 == 0 ? cut % message.length : message.length + cut % 2;
            return Arrays.copyOf(message, length);
        });
    }

    private static void assertHarmless(byte[] message) {
        for (Deserializer<?> deserializer : DESERIALIZERS) {
            assertHarmless(deserializer, message);
        }
        assertHarmless(GENERIC, message);
    }

    private static void assertHarmless(Deserializer<?> deserializer, byte[] message) {
        try {
            assertThat(deserializer.deserialize("any", message)).isNotNull();
        } catch (WireFormatException | SchemaNotFoundException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
