package dev.vorrang.ingest.reading;

import dev.vorrang.schemas.text.ForeignText;

/** A payload, or a part of it, cannot be a reading; the message names field, value and what is allowed. */
final class BadPayloadException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 100;

    BadPayloadException(String message) {
        super(ForeignText.line(message));
    }

    /** A value as it may be shown: cut, and without control characters. */
    static String shown(String value) {
        String cut = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "…";
        return cut.replaceAll("\\p{Cntrl}", "�");
    }

    Decoded.Refused refused(String source, byte[] payload) {
        return new Decoded.Refused(source, payload, "BadPayload", getMessage());
    }
}
