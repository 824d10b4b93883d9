package dev.vorrang.connectors.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.connectors.avro.ConnectToAvro;
import dev.vorrang.ingest.reading.Decoded;
import dev.vorrang.schemas.Quality;
import dev.vorrang.schemas.SensorReading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;

class ReadingRecordsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Map<String, String> PARTITION = Map.of("topic", "plant/pump-3");
    private static final Map<String, Long> OFFSET = Map.of("line", 7L);
    private final ReadingRecords records =
            new ReadingRecords("machine.readings", "machine.dead-letters", Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void shouldGiveAReadingItsMachineAsKeyAndLoseNothingOfIt() throws IOException {
        var values = new HashMap<String, Double>();
        values.put("heat", 21.5);
        values.put("oil", null);
        var reading = SensorReading.newBuilder()
                .setId("id")
                .setMachine("pump-3")
                .setTime(Instant.parse("2025-12-31T23:00:00Z"))
                .setValues(values)
                .setQuality(Map.of("heat", Quality.UNCERTAIN))
                .setUnits(Map.of("heat", "°C"))
                .setSource("mqtt://broker/plant/pump-3")
                .setFlags(List.of("gap"))
                .build();

        SourceRecord record = records.of(new Decoded.Accepted(reading), PARTITION, OFFSET);

        assertThat(record.topic()).isEqualTo("machine.readings");
        assertThat(record.key()).isEqualTo("pump-3");
        assertThat(record.timestamp()).isEqualTo(reading.getTime().toEpochMilli());
        assertThat(record.sourceOffset()).isEqualTo(OFFSET);
        assertThat(reading(record)).isEqualTo(reading);
    }

    @Test
    void shouldGiveAReadingFromTheFutureTheTimeOfNow() {
        var reading = SensorReading.newBuilder()
                .setId("id")
                .setMachine("pump-3")
                .setTime(NOW.plusSeconds(72_000))
                .setSource("mqtt://broker/plant/pump-3")
                .build();

        assertThat(records.of(new Decoded.Accepted(reading), PARTITION, OFFSET).timestamp())
                .isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void shouldSendAPayloadThatIsNoneToTheDeadLettersWithItsBytesAndItsCause() {
        GenericRecord letter = letter(new byte[] {1, 2, 3});

        assertThat(letter.get("cause")).hasToString("BadPayload");
        assertThat(letter.get("message")).hasToString("machine: is missing");
        assertThat(letter.get("value")).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(letter.get("stage")).hasToString("DECODE");
        assertThat(((GenericRecord) letter.get("position")).get("topic")).hasToString("mqtt://broker/x");
    }

    @Test
    void shouldCutAPayloadThatNoRecordCouldHold() {
        GenericRecord letter = letter(new byte[RefusedPayload.MAX_PAYLOAD + 1]);

        assertThat(((ByteBuffer) letter.get("value")).remaining()).isEqualTo(RefusedPayload.MAX_PAYLOAD);
        assertThat(letter.get("message")).hasToString("machine: is missing (1048577 bytes, the rest is cut)");
    }

    private GenericRecord letter(byte[] payload) {
        var refused = new Decoded.Refused("mqtt://broker/x", payload, "BadPayload", "machine: is missing");
        SourceRecord record = records.of(refused, PARTITION, OFFSET);
        assertThat(record.topic()).isEqualTo("machine.dead-letters");
        assertThat(record.key()).isEqualTo("mqtt://broker/x");
        return generic(record);
    }

    private static GenericRecord generic(SourceRecord record) {
        return (GenericRecord) new ConnectToAvro(record.valueSchema()).value(record.value());
    }

    /** As a consumer reads it. */
    private static SensorReading reading(SourceRecord record) throws IOException {
        GenericRecord value = generic(record);
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(value.getSchema()).write(value, encoder);
        encoder.flush();
        return new SpecificDatumReader<SensorReading>(value.getSchema(), SensorReading.getClassSchema())
                .read(null, DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null));
    }
}
