package dev.vorrang.connectors.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.schemas.Address;
import dev.vorrang.schemas.Attachment;
import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.ParseStatus;
import dev.vorrang.schemas.SensorReading;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.registry.SchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroConverterTest {

    private static final EmailMessage MAIL = EmailMessage.newBuilder()
            .setId("0123456789abcdef0123456789abcdef")
            .setThread("thread")
            .setMessageId(null)
            .setSource("imap://anna@example.com/INBOX;UIDVALIDITY=1/;UID=2")
            .setReceivedAt(Instant.parse("2026-01-31T08:00:00.123Z"))
            .setSentAt(Instant.parse("2026-01-31T07:59:59Z"))
            .setFrom(List.of(new Address("Bérta", "berta@example.com"), new Address(null, "x@example.com")))
            .setSubject("Störung")
            .setText("Nichts geht mehr.")
            .setAttachments(List.of(new Attachment(null, "application/pdf", 5L << 32, "ab".repeat(32))))
            .setParseStatus(ParseStatus.LIMIT)
            .setParseNotes(List.of("one", "two"))
            .setSize(1234)
            .build();

    @ParameterizedTest
    @ValueSource(classes = {EmailMessage.class, DeadLetter.class, SensorReading.class})
    void shouldComeBackToTheVerySchema(Class<?> type) throws Exception {
        var schema = (Schema) type.getMethod("getClassSchema").invoke(null);
        var back = new ConnectToAvro(new AvroToConnect(schema).schema()).schema();

        assertThat(back.toString()).isEqualTo(plain(schema).toString());
    }

    /** Without what only the generated classes need. */
    private static Schema plain(Schema schema) {
        return new Schema.Parser()
                .parse(schema.toString()
                        .replaceAll("\\{\"type\":\"string\",\"avro.java.string\":\"String\"}", "\"string\"")
                        .replaceAll(",\"avro.java.string\":\"String\"", ""));
    }

    @Test
    void shouldKeepWhatConnectKnows() {
        var converter = new AvroToConnect(EmailMessage.getClassSchema());
        var mail = (Struct) converter.value(MAIL);

        assertThat(mail.schema().name()).isEqualTo("dev.vorrang.schemas.EmailMessage");
        assertThat(mail.schema().field("receivedAt").schema().name()).isEqualTo(Timestamp.LOGICAL_NAME);
        assertThat(mail.get("receivedAt")).isEqualTo(java.util.Date.from(MAIL.getReceivedAt()));
        assertThat(mail.getString("parseStatus")).isEqualTo("LIMIT");
        assertThat(mail.schema().field("parseStatus").schema().parameters())
                .containsEntry("io.confluent.connect.avro.Enum", "dev.vorrang.schemas.ParseStatus");
        assertThat(mail.getString("messageId")).isNull();
    }

    @Test
    void shouldWriteWhatTheSerdesReadAndTheOtherWayRound() {
        try (var registry = ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", "mock://converter"));
                var converter = new AvroConverter(registry)) {
            var topic = new Topics("").mailReceived();
            var connect = new AvroToConnect(EmailMessage.getClassSchema());
            var serde = new AvroSerdes(registry).valueSerde(topic);

            var bytes = converter.fromConnectData(topic.name(), connect.schema(), connect.value(MAIL));

            assertThat(bytes).isEqualTo(serde.serializer().serialize(topic.name(), MAIL));
            assertThat(serde.deserializer().deserialize(topic.name(), bytes)).isEqualTo(MAIL);
            var read = converter.toConnectData(topic.name(), bytes);
            assertThat(read.schema()).isEqualTo(connect.schema());
            assertThat(read.value()).isEqualTo(connect.value(MAIL));
        }
    }

    @Test
    void shouldLetConnectTryAgainWhenTheRegistryIsDown() {
        try (var converter = new AvroConverter()) {
            converter.configure(Map.of("schema.registry.url", "http://127.0.0.1:1"), false);
            var connect = new AvroToConnect(EmailMessage.getClassSchema());
            assertThatThrownBy(() -> converter.fromConnectData("t", connect.schema(), connect.value(MAIL)))
                    .isInstanceOf(RetriableException.class);
        }
    }

    @Test
    void shouldRefuseWhatIsNoRecord() {
        try (SchemaRegistry registry = ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", "mock://refuse"));
                var converter = new AvroConverter(registry)) {
            assertThat(converter.fromConnectData("t", null, null)).isNull();
            assertThatThrownBy(() -> converter.fromConnectData("t", null, "text"))
                    .isInstanceOf(DataException.class);
            assertThatThrownBy(() -> converter.toConnectData("t", new byte[] {1, 2, 3}))
                    .isInstanceOf(DataException.class);
        }
    }

    @Test
    void shouldSayWhatIsWrongWithItsSettings() {
        try (var converter = new AvroConverter()) {
            assertThatThrownBy(() -> converter.configure(Map.of(), false))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("schema.registry.url");
            assertThatThrownBy(() -> converter.configure(Map.of(), true)).hasMessageContaining("key.converter");
        }
    }
}
