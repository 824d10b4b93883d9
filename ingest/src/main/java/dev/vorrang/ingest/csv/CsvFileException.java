package dev.vorrang.ingest.csv;

import dev.vorrang.schemas.text.ForeignText;
import java.io.IOException;

/** A CSV file that cannot be used. The message is one line that names file, line or column, and what to do about it. */
public final class CsvFileException extends IOException {

    private static final long serialVersionUID = 1;

    CsvFileException(String message) {
        super(ForeignText.line(message));
    }

    CsvFileException(String message, Throwable cause) {
        super(ForeignText.line(message), cause);
    }
}
