package dev.vorrang.training.mail;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A file of mails whose scores people have corrected, as {@code vorrang corrections export} writes it. A column is blank where nobody
 * corrected the label.
 *
 * @param file CSV in UTF-8
 * @param weight how much such a mail counts, beside a mail of the other files, above 0 and at most 100
 */
public record Corrections(Path file, double weight) {

    /**
     * Columns of the mail and of what is right. The priority is none of them: people correct the level that the policy gives, and no label of a
     * model.
     */
    public static final MailColumns COLUMNS = new MailColumns(
            Optional.empty(),
            Optional.of("subject"),
            Optional.of("body"),
            Optional.of("topic"),
            Optional.of("sentiment"),
            Optional.empty(),
            Optional.of("urgency"),
            Optional.empty(),
            Optional.empty(),
            Map.of());

    /** More makes a model worse: corrections are the hard mails alone. */
    public static final double DEFAULT_WEIGHT = 1;

    private static final double MAX_WEIGHT = 100;

    public Corrections {
        if (!(weight > 0 && weight <= MAX_WEIGHT)) {
            throw new IllegalArgumentException(
                    "corrections weight " + weight + ": must be above 0 and at most " + MAX_WEIGHT);
        }
    }
}
