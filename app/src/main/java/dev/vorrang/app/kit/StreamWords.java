package dev.vorrang.app.kit;

/**
 * What a stream is called in sentences.
 *
 * @param records its records, such as {@code mails}
 * @param measured a sentence about the records of the benchmark; may be empty
 */
public record StreamWords(String records, String measured) {}
