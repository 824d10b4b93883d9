package dev.vorrang.app.streams.mail.score;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Columns of a CSV file that hold a mail.
 *
 * @param subject subject
 * @param body body
 * @param text whole text of a mail, where the file keeps no subject of its own; stands for the body
 */
public record CsvColumns(Optional<String> subject, Optional<String> body, Optional<String> text) {

    public boolean none() {
        return named().isEmpty();
    }

    /** The columns that were named. */
    public List<String> named() {
        return Stream.of(subject, body, text).flatMap(Optional::stream).toList();
    }
}
