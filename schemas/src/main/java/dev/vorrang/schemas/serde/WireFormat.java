package dev.vorrang.schemas.serde;

import java.nio.ByteBuffer;

/** Confluent wire format: a zero byte, the schema id as four bytes (big-endian), then the value in Avro binary. */
final class WireFormat {

    static final int HEADER_BYTES = 5;
    private static final byte MAGIC = 0;

    private WireFormat() {}

    static void writeId(byte[] message, int id) {
        ByteBuffer.wrap(message).put(MAGIC).putInt(id);
    }

    /** @throws WireFormatException if the header is missing or invalid */
    static int readId(byte[] message) {
        if (message == null) {
            throw new WireFormatException("value is null: expected a record");
        }
        if (message.length < HEADER_BYTES) {
            throw new WireFormatException("value has " + message.length + " bytes: expected at least " + HEADER_BYTES
                    + ", a zero byte and a schema id");
        }
        if (message[0] != MAGIC) {
            throw new WireFormatException(
                    "first byte is 0x%02x: expected 0x00 of the Confluent wire format".formatted(message[0]));
        }
        int id = ByteBuffer.wrap(message).getInt(1);
        if (id < 0) {
            throw new WireFormatException("schema id " + id + ": expected 0 or more");
        }
        return id;
    }
}
