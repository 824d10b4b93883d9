package dev.vorrang.schemas.serde;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Decoder for the Avro binary of one message that rejects lengths beyond the remaining bytes. Avro's own decoder allocates the
 * claimed length before it reads, and its limits are system properties of the whole process. Here a message of 20 bytes that
 * claims a string of 2 GB fails before anything is allocated. Not thread-safe.
 */
final class BoundedDecoder extends Decoder {

    private final byte[] message;
    private final BinaryDecoder in;
    private final InputStream rest;
    /** Remaining items that the message may claim: each takes at least a byte, except null and records without fields. */
    private long items;

    BoundedDecoder(byte[] message, int offset) {
        this.message = message;
        in = DecoderFactory.get().binaryDecoder(message, offset, message.length - offset, null);
        rest = in.inputStream();
        items = message.length - offset;
    }

    boolean isEnd() throws IOException {
        return in.isEnd();
    }

    int remaining() throws IOException {
        return rest.available();
    }

    private int length(String what) throws IOException {
        long length = in.readLong();
        if (length < 0 || length > remaining()) {
            throw new AvroRuntimeException(
                    what + " of length " + length + " where " + remaining() + " bytes are left in the message");
        }
        return (int) length;
    }

    /** Items of the next block of an array or a map; a negative count is followed by the block's size in bytes. */
    private long block() throws IOException {
        long count = in.readLong();
        if (count < 0) {
            length("block of an array or a map");
            count = -count;
        }
        if (count < 0 || count > items) {
            throw new AvroRuntimeException(
                    "array or map of " + count + " items where " + remaining() + " bytes are left in the message");
        }
        items -= count;
        return count;
    }

    /** Skips blocks that state their size, and returns the number of items of the first one that does not. */
    private long skipBlocks() throws IOException {
        long count = in.readLong();
        while (count < 0) {
            in.skipFixed(length("block of an array or a map"));
            count = in.readLong();
        }
        if (count > items) {
            throw new AvroRuntimeException(
                    "array or map of " + count + " items where " + remaining() + " bytes are left in the message");
        }
        items -= count;
        return count;
    }

    @Override
    public void readNull() throws IOException {
        in.readNull();
    }

    @Override
    public boolean readBoolean() throws IOException {
        return in.readBoolean();
    }

    @Override
    public int readInt() throws IOException {
        return in.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return in.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return in.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return in.readDouble();
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        int length = length("string");
        Utf8 result = old == null ? new Utf8() : old;
        result.setByteLength(length);
        in.readFixed(result.getBytes(), 0, length);
        return result;
    }

    @Override
    public String readString() throws IOException {
        int length = length("string");
        // Decoded from the message itself: a Utf8 would copy the bytes once more.
        var text = new String(message, message.length - remaining(), length, StandardCharsets.UTF_8);
        in.skipFixed(length);
        return text;
    }

    @Override
    public void skipString() throws IOException {
        in.skipFixed(length("string"));
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        byte[] bytes = new byte[length("bytes")];
        in.readFixed(bytes);
        return ByteBuffer.wrap(bytes);
    }

    @Override
    public void skipBytes() throws IOException {
        in.skipFixed(length("bytes"));
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) throws IOException {
        in.readFixed(bytes, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        in.skipFixed(length);
    }

    @Override
    public int readEnum() throws IOException {
        return in.readEnum();
    }

    @Override
    public long readArrayStart() throws IOException {
        return block();
    }

    @Override
    public long arrayNext() throws IOException {
        return block();
    }

    @Override
    public long skipArray() throws IOException {
        return skipBlocks();
    }

    @Override
    public long readMapStart() throws IOException {
        return block();
    }

    @Override
    public long mapNext() throws IOException {
        return block();
    }

    @Override
    public long skipMap() throws IOException {
        return skipBlocks();
    }

    @Override
    public int readIndex() throws IOException {
        return in.readIndex();
    }
}
