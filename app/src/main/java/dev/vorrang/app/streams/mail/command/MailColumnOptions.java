package dev.vorrang.app.streams.mail.command;

import dev.vorrang.app.program.CommandFailedException;
import dev.vorrang.training.mail.MailColumns;
import java.util.LinkedHashMap;
import java.util.Map;
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

    @Option(
            names = "--urgency",
            paramLabel = "COL",
            description = "Column of how soon the mail must be looked at: now, today, soon or none.")
    private Optional<String> urgency = Optional.empty();

    @Option(names = "--stake", paramLabel = "COL", description = "Column of what is at stake.")
    private Optional<String> stake = Optional.empty();

    @Option(
            names = "--group",
            paramLabel = "COL",
            description =
                    "Column of the scenario or organisation: mails of one are never both learned from and checked on.")
    private Optional<String> group = Optional.empty();

    @Option(
            names = "--where",
            paramLabel = "COL=VALUE",
            description =
                    "Reads only the rows with this value, of files that have the column. May be given several times.")
    private Map<String, String> where = new LinkedHashMap<>();

    /**
     * The columns.
     *
     * @throws CommandFailedException if there is none of the mail, or none of a label
     */
    MailColumns named() {
        try {
            return new MailColumns(text, subject, body, topic, sentiment, priority, urgency, stake, group, where);
        } catch (IllegalArgumentException e) {
            throw CommandFailedException.wrongUsage(e.getMessage());
        }
    }
}
