package dev.vorrang.scoring.action;

import java.util.Arrays;

/**
 * What a task is told of a record, on the internal topic that brings together all about a record: one byte for the kind, and the bytes
 * of a record in the form of its topic.
 */
record Envelope(Kind kind, byte[] content) {

    /** The ordinal is stored: add at the end. */
    enum Kind {
        /** An action to be sent. */
        ACTION,
        /** The record itself says that nothing is left to do. */
        SETTLED,
        /** What somebody did. */
        EVENT
    }

    static final byte[] NOTHING = {};

    byte[] bytes() {
        byte[] bytes = new byte[1 + content.length];
        bytes[0] = (byte) kind.ordinal();
        System.arraycopy(content, 0, bytes, 1, content.length);
        return bytes;
    }

    static Envelope of(byte[] bytes) {
        return new Envelope(Kind.values()[bytes[0]], Arrays.copyOfRange(bytes, 1, bytes.length));
    }
}
