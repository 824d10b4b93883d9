package dev.vorrang.app.command;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.training.mail.MailColumns;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options that tell the columns of a file of labelled mails. */
final class MailColumnOptions {

    @Option(
            names = "--text",
            paramLabel = "COL",
            description = "Column of the whole text, where a file has none of the body.")
    private Optional<String> text = Optional.empty();

    @Option(names = "--subject", paramLabel = "COL", description = "Column of the subject.")
    private Optional<String> subject = Optional.empty();

    @Option(names = "--body", paramLabel = "COL", description = "Column of the body.")
    private Optional<String> body = Optional.empty();

    @Option(names = "--topic", paramLabel = "COL", description = "Column of the topic's label.")
    private Optional<String> topic = Optional.empty();

    @Option(names = "--sentiment", paramLabel = "COL", description = "Column of the sentiment's label.")
    private Optional<String> sentiment = Optional.empty();

    @Option(names = "--priority", paramLabel = "COL", description = "Column of the priority's label.")
    private Optional<String> priority = Optional.empty();

    /**
     * The columns.
     *
     * @throws CommandFailedException if there is none of the mail, or none of a label
     */
    MailColumns named() {
        try {
            return new MailColumns(text, subject, body, topic, sentiment, priority);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongUsage(e.getMessage());
        }
    }
}
