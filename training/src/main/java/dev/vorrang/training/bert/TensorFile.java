package dev.vorrang.training.bert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.tensorflow.ndarray.Shape;

/**
 * Tensors in a file of the format safetensors: eight bytes with the length of a JSON header (little-endian), the header with type,
 * shape and place of each tensor, then their values. Written as bfloat16, the upper half of single precision; that and single
 * precision are read.
 */
public final class TensorFile {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BFLOAT16 = "BF16";
    private static final String FLOAT32 = "F32";
    private static final int LARGEST_HEADER = 10_000_000;
    private static final int HALF = 16;
    private static final int BYTES = 2;

    private TensorFile() {}

    /**
     * A tensor.
     *
     * @param values row by row
     */
    public record Values(Shape shape, float[] values) {
        public Values {
            if (shape.size() != values.length) {
                throw new IllegalArgumentException(values.length + " values for the shape " + shape);
            }
        }
    }

    /** @throws IOException if it cannot be written */
    public static void write(Path file, Map<String, Values> tensors) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        int size = 0;
        for (Map.Entry<String, Values> tensor : tensors.entrySet()) {
            Values values = tensor.getValue();
            ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", BFLOAT16);
            var shape = entry.putArray("shape");
            for (long length : values.shape().asArray()) {
                shape.add(length);
            }
            entry.putArray("data_offsets").add(size).add(size += BYTES * values.values().length);
        }
        byte[] head = JSON.writeValueAsBytes(header);
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + head.length + size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(head.length).put(head);
        tensors.values().forEach(each -> {
            for (float value : each.values()) {
                bytes.putShort(bfloat16(value));
            }
        });
        Files.write(file, bytes.array());
    }

    /** Rounded to the nearest, ties to even. */
    static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return (short) ((bits + 0x7FFF + ((bits >>> HALF) & 1)) >>> HALF);
    }

    /** @throws IOException if it cannot be read, or is no such file */
    public static Map<String, Values> read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        long length = bytes.remaining() < Long.BYTES ? -1 : bytes.getLong();
        if (length < 0 || length > Math.min(LARGEST_HEADER, bytes.remaining())) {
            throw new IOException(file + " is no file of tensors");
        }
        JsonNode header = JSON.readTree(bytes.array(), Long.BYTES, (int) length);
        int start = Long.BYTES + (int) length;
        var tensors = new LinkedHashMap<String, Values>();
        try {
            header.properties().forEach(entry -> {
                if (!entry.getKey().equals("__metadata__")) {
                    tensors.put(entry.getKey(), values(bytes, start, entry.getValue()));
                }
            });
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException(file + " is damaged: " + e.getMessage(), e);
        }
        return tensors;
    }

    private static Values values(ByteBuffer bytes, int start, JsonNode entry) {
        var lengths = new long[entry.path("shape").size()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = entry.path("shape").get(i).asLong();
        }
        Shape shape = Shape.of(lengths);
        int place = start + entry.path("data_offsets").path(0).asInt(-1);
        String type = entry.path("dtype").asText();
        var values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort(place + BYTES * i) << HALF);
                case FLOAT32 -> bytes.getFloat(place + Float.BYTES * i);
                default ->
                    throw new IllegalArgumentException("type '" + type + "', allowed: " + BFLOAT16 + " or " + FLOAT32);
            };
        }
        return new Values(shape, values);
    }
}
