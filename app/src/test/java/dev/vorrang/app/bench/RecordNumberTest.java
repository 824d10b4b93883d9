package dev.vorrang.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.schemas.EmailMessage;
import dev.vorrang.schemas.Topics;
import dev.vorrang.schemas.registry.ConfluentSchemaRegistry;
import dev.vorrang.schemas.serde.AvroSerdes;
import dev.vorrang.schemas.serde.WireFormatException;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordNumberTest {

    private static final String TOPIC = "mails";
    private static final long THREAD = 1L << 62;

    private final Serde<EmailMessage> serde = new AvroSerdes(
                    ConfluentSchemaRegistry.connect(Map.of("schema.registry.url", "mock://record-number")))
            .valueSerde(new Topics("").mailReceived());

    @ParameterizedTest
    @ValueSource(longs = {0, 9, 10, 15, 16, 123_456_789, Long.MAX_VALUE})
    void shouldFindTheNumberWithWhichARecordWasStamped(long number) {
        byte[] stamped = RecordNumber.stamped(record(RecordNumber.id(7)), number);

        assertThat(RecordNumber.of(stamped)).isEqualTo(number);
        EmailMessage mail = serde.deserializer().deserialize(TOPIC, stamped);
        assertThat(mail.getId()).isEqualTo(RecordNumber.id(number)).hasSize(32);
        assertThat(mail.getText()).isEqualTo("the text stays");
    }

    @Test
    void shouldWriteOverAnIdWithinARecord() {
        byte[] record = record(RecordNumber.id(7));

        RecordNumber.write(record, RecordNumber.find(record, THREAD), 99);

        EmailMessage mail = serde.deserializer().deserialize(TOPIC, record);
        assertThat(RecordNumber.parse(mail.getThread())).isEqualTo(99);
        assertThat(mail.getId()).isEqualTo(RecordNumber.id(7));
        assertThatThrownBy(() -> RecordNumber.find(record, THREAD)).hasMessageContaining(RecordNumber.id(THREAD));
    }

    @Test
    void shouldRefuseARecordWithAnotherKindOfId() {
        byte[] record = record("short");

        assertThatThrownBy(() -> RecordNumber.of(record))
                .isInstanceOf(WireFormatException.class)
                .hasMessageContaining("an id of 32 characters");
    }

    private byte[] record(String id) {
        var mail = EmailMessage.newBuilder()
                .setId(id)
                .setThread(RecordNumber.id(THREAD))
                .setSource("file:/test#1")
                .setReceivedAt(Instant.EPOCH)
                .setText("the text stays")
                .build();
        return serde.serializer().serialize(TOPIC, mail);
    }
}
