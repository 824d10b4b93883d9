package dev.vorrang.scoring.engine;

import dev.vorrang.schemas.DeadLetter;
import dev.vorrang.schemas.ModelRef;
import dev.vorrang.schemas.Position;
import dev.vorrang.schemas.Stage;
import dev.vorrang.schemas.text.ForeignText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;

/** Makes dead letters that fit their topic. */
public final class DeadLetters {

    /** Below max.message.bytes of the topic (8 MiB), with room for what else is in the letter. */
    static final int MAX_BYTES = 8_000_000;

    private static final int MAX_KEY_BYTES = 100_000;
    private static final int MAX_HEADER_BYTES = 1_000_000;
    private static final int MAX_MESSAGE_CHARS = 10_000;

    private DeadLetters() {}

    /**
     * Key, value and headers go in as they were; what is too large for the topic is cut, and the message says so.
     *
     * @param info the record
     * @param stage at which it failed
     * @param model the model in use, if it had come that far
     * @param now time of the failure
     */
    public static DeadLetter of(RecordInfo info, Stage stage, Throwable cause, Optional<ModelRef> model, Instant now) {
        Record<byte[], byte[]> record = info.record();
        var message = new StringBuilder(shortened(ForeignText.lines(String.valueOf(cause.getMessage()))));
        ByteBuffer key = fit("key", record.key(), MAX_KEY_BYTES, message);
        Map<String, ByteBuffer> headers = headers(record, message);
        int rest = (key == null ? 0 : 2 * key.remaining()) + size(headers);
        return DeadLetter.newBuilder()
                .setPosition(info.position())
                .setStage(stage)
                .setCause(cause.getClass().getName())
                .setKey(key)
                .setValue(fit("value", record.value(), MAX_BYTES - rest, message))
                .setHeaders(headers)
                .setMessage(message.toString())
                .setRecordTime(Instant.ofEpochMilli(record.timestamp()))
                .setModel(model.orElse(null))
                .setFailedAt(now)
                .build();
    }

    /** Key of a dead letter: that of the record or, if it had none or an overlong one, its position. */
    public static byte[] key(RecordInfo info) {
        byte[] key = info.record().key();
        if (key != null && key.length <= MAX_KEY_BYTES) {
            return key;
        }
        Position position = info.position();
        return (position.getTopic() + "-" + position.getPartition() + "@" + position.getOffset())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static ByteBuffer fit(String what, byte[] bytes, int most, StringBuilder message) {
        if (bytes == null) {
            return null;
        }
        if (bytes.length <= most) {
            return ByteBuffer.wrap(bytes);
        }
        message.append(" (")
                .append(what)
                .append(" cut here from ")
                .append(bytes.length)
                .append(" bytes to ")
                .append(most)
                .append(')');
        return ByteBuffer.wrap(Arrays.copyOf(bytes, most));
    }

    private static Map<String, ByteBuffer> headers(Record<byte[], byte[]> record, StringBuilder message) {
        var headers = new HashMap<String, ByteBuffer>();
        for (Header header : record.headers()) {
            headers.put(header.key(), header.value() == null ? null : ByteBuffer.wrap(header.value()));
        }
        int size = size(headers);
        if (size > MAX_HEADER_BYTES) {
            message.append(" (headers of ").append(size).append(" bytes left out here)");
            return Map.of();
        }
        return headers;
    }

    private static int size(Map<String, ByteBuffer> headers) {
        return headers.entrySet().stream()
                .mapToInt(header -> 3 * header.getKey().length()
                        + (header.getValue() == null ? 0 : header.getValue().remaining()))
                .sum();
    }

    private static String shortened(String message) {
        return message.length() <= MAX_MESSAGE_CHARS ? message : message.substring(0, MAX_MESSAGE_CHARS) + "…";
    }
}
