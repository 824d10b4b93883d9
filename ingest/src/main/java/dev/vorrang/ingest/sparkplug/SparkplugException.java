package dev.vorrang.ingest.sparkplug;

import dev.vorrang.schemas.text.ForeignText;

/** A message cannot be readings; the message names field, value and what is allowed. */
final class SparkplugException extends Exception {

    private static final long serialVersionUID = 1L;

    SparkplugException(String message) {
        super(ForeignText.line(message));
    }
}
