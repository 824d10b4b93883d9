package dev.vorrang.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.MailScore;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Samples;
import dev.vorrang.schemas.Topic;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.registry.RegistryUnavailableException;
import dev.vorrang.schemas.registry.SchemaNotFoundException;
import dev.vorrang.schemas.registry.SchemaRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class AvroSerdesTest {

    private final SchemaRegistry registry =
            ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", "mock://serdes"));
    private final AvroSerdes serdes = new AvroSerdes(registry);
    private final Topics topics = new Topics("");
    private final Serde<EmailMessage> mails = serdes.valueSerde(topics.mailReceived());

    @Test
    void shouldReadBackEveryFieldOfEveryRecord() {
        assertThat(roundTrip(topics.mailReceived(), Samples.mail())).isEqualTo(Samples.mail());
        assertThat(roundTrip(topics.mailScored(), Samples.score())).isEqualTo(Samples.score());
        assertThat(roundTrip(topics.mailDeadLetters(), Samples.deadLetter())).isEqualTo(Samples.deadLetter());
    }

    @Test
    void shouldStartWithZeroByteAndBigEndianId() {
        byte[] message = mails.serializer().serialize("mail.received", Samples.mail());

        int id = registry.idOf("mail.received-value", EmailMessage.getClassSchema());
        assertThat(message[0]).isZero();
        assertThat(ByteBuffer.wrap(message).getInt(1)).isEqualTo(id);
    }

    @Test
    void shouldRegisterUnderTheTopicTheRecordGoesTo() {
        Serde<MailScore> scores = serdes.valueSerde(topics.mailRoute("service"));

        scores.serializer().serialize("mail.route.service", Samples.score());

        assertThat(((ConfluentSchemaRegistry) registry).subjects()).contains("mail.route.service-value");
    }

    @Test
    void shouldRegisterSchemaAsItWasWritten() {
        int id = registry.idOf("mail.received-value", EmailMessage.getClassSchema());

        assertThat(registry.schemaOf(id).toString())
                .contains("\"doc\":\"One e-mail, decoded.")
                .doesNotContain("avro.java");
    }

    @Test
    void shouldPutAWrittenValueUnderTheIdOfAnotherTopic() {
        Topic<MailScore> queue = topics.mailRoute("service");
        byte[] written = serdes.valueSerde(topics.mailScored()).serializer().serialize("mail.scored", Samples.score());
        byte[] before = written.clone();
        var idsOfTheirOwn = new AvroSerdes(new SchemaRegistry() {
            @Override
            public int idOf(String subject, Schema schema) {
                return subject.equals("mail.route.service-value") ? 77_777 : registry.idOf(subject, schema);
            }

            @Override
            public Schema schemaOf(int id) {
                return registry.schemaOf(id);
            }

            @Override
            public void close() {}
        });

        assertThat(serdes.forTopic(queue, written)).isSameAs(written);
        byte[] other = idsOfTheirOwn.forTopic(queue, written);
        assertThat(ByteBuffer.wrap(other).getInt(1)).isEqualTo(77_777);
        assertThat(Arrays.copyOfRange(other, 5, other.length)).isEqualTo(Arrays.copyOfRange(before, 5, before.length));
        assertThat(written).isEqualTo(before);
    }

    @Test
    void shouldWriteNullAsNull() {
        assertThat(mails.serializer().serialize("mail.received", null)).isNull();
    }

    @Test
    void shouldNameTheMissingFieldOnWriting() {
        var mail = Samples.mail();
        mail.put("thread", null);

        assertThatThrownBy(() -> mails.serializer().serialize("mail.received", mail))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("mail.received")
                .hasMessageContaining("thread");
        assertThat(roundTrip(topics.mailReceived(), Samples.mail())).isEqualTo(Samples.mail());
    }

    @Test
    void shouldReadWhatAnOlderVersionWrote() throws IOException {
        Schema older = SchemaBuilder.record("Position")
                .namespace("dev.vorrang.schemas")
                .fields()
                .requiredInt("gone")
                .requiredInt("offset")
                .requiredString("topic")
                .requiredInt("partition")
                .endRecord();
        byte[] message = encoded(older, out -> {
            out.writeInt(1);
            out.writeInt(99);
            out.writeString("t");
            out.writeInt(2);
        });

        var positions = new Topic<>("p", "none", Position.class, Map.of());
        assertThat(serdes.valueSerde(positions).deserializer().deserialize("p", message))
                .isEqualTo(new Position("t", 2, 99L));
    }

    @Test
    void shouldShareASerdeAmongThreads() {
        List<EmailMessage> sent = IntStream.range(0, 5_000)
                .mapToObj(i -> EmailMessage.newBuilder(Samples.mail())
                        .setText("x".repeat(i % 700) + i)
                        .build())
                .toList();

        List<EmailMessage> received = sent.parallelStream()
                .map(mail -> mails.serializer().serialize("mail.received", mail))
                .map(bytes -> mails.deserializer().deserialize("mail.received", bytes))
                .toList();

        assertThat(received).isEqualTo(sent);
    }

    @Test
    void shouldRefuseWhatIsNotTheWireFormat() {
        byte[] message = mails.serializer().serialize("mail.received", Samples.mail());
        byte[] wrongMagic = message.clone();
        wrongMagic[0] = 1;
        byte[] negativeId = message.clone();
        negativeId[1] = -1;

        assertRefused(null, "null");
        assertRefused(new byte[0], "0 bytes");
        assertRefused(new byte[] {0, 0, 0, 1}, "4 bytes");
        assertRefused(wrongMagic, "0x01");
        assertRefused(negativeId, "schema id -");
        assertRefused(Arrays.copyOf(message, message.length - 1), "cannot be read");
        assertRefused(Arrays.copyOf(message, 5), "cannot be read");
        assertRefused(Arrays.copyOf(message, message.length + 1), "trailing bytes");
    }

    @Test
    void shouldRefuseAnotherRecordType() {
        byte[] score = serdes.valueSerde(topics.mailScored()).serializer().serialize("mail.scored", Samples.score());

        assertRefused(score, "dev.vorrang.schemas.MailScore: expected dev.vorrang.schemas.EmailMessage");
    }

    @Test
    void shouldTellUnknownIdFromDamage() {
        byte[] unknown = {0, 0, 0x77, 0, 0, 1};

        assertThatThrownBy(() -> mails.deserializer().deserialize("mail.received", unknown))
                .isInstanceOf(SchemaNotFoundException.class)
                .hasMessageContaining("7798784");
    }

    @Test
    void shouldPassOnThatTheRegistryIsDown() {
        try (var down = ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", "http://127.0.0.1:1"))) {
            Serde<EmailMessage> serde = new AvroSerdes(down).valueSerde(topics.mailReceived());

            assertThatThrownBy(() -> serde.deserializer().deserialize("mail.received", new byte[] {0, 0, 0, 0, 1, 1}))
                    .isInstanceOf(RegistryUnavailableException.class);
            assertThatThrownBy(() -> serde.serializer().serialize("mail.received", Samples.mail()))
                    .isInstanceOf(RegistryUnavailableException.class)
                    .hasMessageContaining("http://127.0.0.1:1");
        }
    }

    @Test
    void shouldRefuseLengthsBeyondTheMessageWithoutAllocating() throws IOException {
        Schema mail = EmailMessage.getClassSchema();
        for (long length :
                List.of(-1L, Long.MIN_VALUE, 1L << 31, (1L << 31) - 9, 2_000_000_000L, Long.MAX_VALUE, 40L)) {
            // The first field is a string.
            assertRefused(encoded(mail, out -> out.writeLong(length)), "length " + length);
        }
        Schema lists = SchemaBuilder.record("Hostile")
                .fields()
                .name("items")
                .type()
                .array()
                .items()
                .nullType()
                .noDefault()
                .name("names")
                .type()
                .map()
                .values()
                .bytesType()
                .noDefault()
                .endRecord();
        Deserializer<GenericRecord> generic = serdes.genericDeserializer();
        for (long items : List.of(1_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE, -1_000_000_000L)) {
            byte[] array = encoded(lists, out -> {
                out.writeLong(items);
                out.writeLong(0);
                out.writeLong(0);
            });
            assertThatThrownBy(() -> generic.deserialize("any", array)).isInstanceOf(WireFormatException.class);
            byte[] map = encoded(lists, out -> {
                out.writeLong(0);
                out.writeLong(items);
                out.writeLong(0);
            });
            assertThatThrownBy(() -> generic.deserialize("any", map)).isInstanceOf(WireFormatException.class);
        }
    }

    @Test
    void shouldRefuseLengthsInFieldsThatAreSkipped() throws IOException {
        Schema writer = SchemaBuilder.record("Position")
                .namespace("dev.vorrang.schemas")
                .fields()
                .name("gone")
                .type()
                .array()
                .items()
                .nullType()
                .noDefault()
                .requiredString("topic")
                .requiredInt("partition")
                .requiredLong("offset")
                .endRecord();
        var positions = new Topic<>("p", "none", Position.class, Map.of());
        var deserializer = serdes.valueSerde(positions).deserializer();

        for (long items : List.of(1_000_000_000_000L, -5L)) {
            byte[] message = encoded(writer, out -> {
                out.writeLong(items);
                out.writeLong(1_000_000_000_000L);
            });
            assertThatThrownBy(() -> deserializer.deserialize("p", message)).isInstanceOf(WireFormatException.class);
        }
    }

    @Test
    void shouldRefuseNestingThatOverflowsTheStack() throws IOException {
        Schema nested = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Nested\",\"fields\":"
                        + "[{\"name\":\"inner\",\"type\":[\"null\",\"Nested\"]}]}");
        byte[] message = encoded(nested, out -> {
            for (int i = 0; i < 1_000_000; i++) {
                out.writeIndex(1);
            }
            out.writeIndex(0);
        });

        assertThatThrownBy(() -> serdes.genericDeserializer().deserialize("any", message))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("StackOverflowError");
    }

    @Test
    void shouldShowAnyRecordAsJson() {
        byte[] letter = serdes.valueSerde(topics.mailDeadLetters())
                .serializer()
                .serialize("mail.dead-letters", Samples.deadLetter());

        GenericRecord read = serdes.genericDeserializer().deserialize("mail.dead-letters", letter);

        assertThat(AvroJson.line(read))
                .isEqualTo(AvroJson.line(Samples.deadLetter()))
                .isEqualTo(
                        "{\"position\":{\"topic\":\"mail.received\",\"partition\":0,\"offset\":7},\"stage\":\"DECODE\","
                                + "\"cause\":\"WireFormatException\",\"message\":\"first byte is 0x7b: expected 0x00\","
                                + "\"key\":\"dGhyZWFk\",\"value\":\"eyJubyI6ICJhdnJvIn0=\",\"headers\":{\"h\":\"dg==\"},"
                                + "\"recordTime\":\"2026-01-05T12:00:00Z\",\"model\":null,\"failedAt\":\"2026-01-05T12:00:00Z\"}");
    }

    private void assertRefused(byte[] message, String why) {
        assertThatThrownBy(() -> mails.deserializer().deserialize("mail.received", message))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining(why);
    }

    private <V extends SpecificRecord> V roundTrip(Topic<V> topic, V value) {
        Serde<V> serde = serdes.valueSerde(topic);
        return serde.deserializer().deserialize(topic.name(), serde.serializer().serialize(topic.name(), value));
    }

    @FunctionalInterface
    private interface Body {
        void write(BinaryEncoder out) throws IOException;
    }

    private byte[] encoded(Schema schema, Body body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        int id = registry.idOf("hostile-" + schema.hashCode(), schema);
        bytes.writeBytes(ByteBuffer.allocate(5).putInt(1, id).array());
        BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, null);
        body.write(out);
        out.flush();
        return bytes.toByteArray();
    }
}
