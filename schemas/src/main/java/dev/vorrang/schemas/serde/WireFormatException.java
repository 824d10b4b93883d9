package dev.vorrang.schemas.serde;

import dev.vorrang.schemas.text.ForeignText;
import org.apache.kafka.common.errors.SerializationException;

/** The bytes are not a record of the expected type in Confluent wire format. Not retriable. */
public final class WireFormatException extends SerializationException {

    private static final long serialVersionUID = 1L;

    public WireFormatException(String message) {
        super(ForeignText.line(message));
    }

    public WireFormatException(String message, Throwable cause) {
        super(ForeignText.line(message), cause);
    }
}
