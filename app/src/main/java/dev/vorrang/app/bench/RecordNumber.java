package dev.vorrang.app.bench;

import dev.vorrang.schemas.serde.WireFormatException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The number of a record within its run, as an id of 32 hex digits. Both records and scores have their id as their first field, so
 * that it is written and read in place: encoding and decoding the rest would take time from what is measured.
 */
public final class RecordNumber {

    private static final HexFormat HEX = HexFormat.of();
    /** Zero byte and number of the schema. */
    private static final int HEADER_BYTES = 5;

    private static final int DIGITS = 32;
    /** Length of a string of 32 bytes, as Avro writes it. */
    private static final byte LENGTH = 2 * DIGITS;

    private static final int DIGITS_OF_LONG = 16;

    private RecordNumber() {}

    public static String id(long number) {
        return "0".repeat(DIGITS - DIGITS_OF_LONG) + HEX.toHexDigits(number);
    }

    /** The number of an id of this class. */
    public static long parse(String id) {
        return HexFormat.fromHexDigitsToLong(id, DIGITS - DIGITS_OF_LONG, DIGITS);
    }

    /**
     * A copy of a record with another number.
     *
     * @param record in the wire format, with an id of this class
     */
    public static byte[] stamped(byte[] record, long number) {
        byte[] stamped = record.clone();
        write(stamped, placeOfNumber(record) - (DIGITS - DIGITS_OF_LONG), number);
        return stamped;
    }

    /** Writes an id over another one of this class, which begins at that place. */
    public static void write(byte[] record, int place, long number) {
        byte[] digits = HEX.toHexDigits(number).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, record, place + DIGITS - DIGITS_OF_LONG, digits.length);
    }

    /**
     * Where the last id of this number begins in a record.
     *
     * @throws WireFormatException if there is none
     */
    public static int find(byte[] record, long number) {
        int place = new String(record, StandardCharsets.ISO_8859_1).lastIndexOf(id(number));
        if (place < 0) {
            throw new WireFormatException("value of " + record.length + " bytes has no id " + id(number));
        }
        return place;
    }

    /** @param score in the wire format, of a record with an id of this class */
    static long of(byte[] score) {
        int place = placeOfNumber(score);
        return HexFormat.fromHexDigitsToLong(new String(score, place, DIGITS_OF_LONG, StandardCharsets.US_ASCII));
    }

    private static int placeOfNumber(byte[] value) {
        int id = HEADER_BYTES + 1;
        if (value.length < id + DIGITS || value[HEADER_BYTES] != LENGTH) {
            throw new WireFormatException(
                    "value of " + value.length + " bytes does not begin with an id of " + DIGITS + " characters");
        }
        return id + DIGITS - DIGITS_OF_LONG;
    }
}
