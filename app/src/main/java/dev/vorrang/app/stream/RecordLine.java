package dev.vorrang.app.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.vorrang.schemas.registry.SchemaNotFoundException;
import dev.vorrang.schemas.serde.AvroJson;
import dev.vorrang.schemas.serde.WireFormatException;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A Kafka record as one line of JSON: key, partition, offset, time and value. Keys are text, values Avro; what cannot be read is in
 * Base64, with the reason in {@code error}.
 */
final class RecordLine {

    private static final JsonFactory JSON = new JsonFactory();

    private final Deserializer<GenericRecord> values;

    RecordLine(Deserializer<GenericRecord> values) {
        this.values = values;
    }

    /** @throws dev.vorrang.schemas.registry.RegistryUnavailableException if the registry gives no answer */
    String of(ConsumerRecord<byte[], byte[]> each) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            String keyProblem = writeKey(json, each.key());
            json.writeNumberField("partition", each.partition());
            json.writeNumberField("offset", each.offset());
            json.writeStringField("time", Instant.ofEpochMilli(each.timestamp()).toString());
            String problem = writeValue(json, each);
            if (!keyProblem.isEmpty() || !problem.isEmpty()) {
                json.writeStringField("error", keyProblem.isEmpty() ? problem : keyProblem);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter does not fail", e);
        }
        return text.toString();
    }

    /** @return what is wrong with it, or nothing */
    private static String writeKey(JsonGenerator json, byte[] key) throws IOException {
        if (key == null) {
            json.writeNullField("key");
            return "";
        }
        try {
            json.writeStringField(
                    "key",
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(key))
                            .toString());
            return "";
        } catch (CharacterCodingException e) {
            json.writeStringField("key", Base64.getEncoder().encodeToString(key));
            return "key is not UTF-8; it is here in Base64";
        }
    }

    /** @return what is wrong with it, or nothing */
    private String writeValue(JsonGenerator json, ConsumerRecord<byte[], byte[]> each) throws IOException {
        json.writeFieldName("value");
        if (each.value() == null) {
            json.writeNull();
            return "";
        }
        try {
            json.writeRawValue(AvroJson.line(values.deserialize(each.topic(), each.value())));
            return "";
        } catch (WireFormatException | SchemaNotFoundException e) {
            json.writeString(Base64.getEncoder().encodeToString(each.value()));
            return e.getMessage();
        }
    }
}
