package dev.vorrang.training.mail;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Names of the columns of a CSV file of mails.
 *
 * @param text whole text of a mail, where the file has no subject of its own; read as the body
 * @param subject subject of a mail
 * @param body body of a mail
 * @param topic label of the topic
 * @param sentiment label of the sentiment
 * @param priority label of the priority
 * @param urgency label of how soon the mail must be looked at
 * @param stake label of what is at stake
 * @param group rows with the same value here are never both learned from and checked on: a scenario, an organisation
 * @param where value that a column must have for a row to be read, by column; files without the column are read as a whole
 */
public record MailColumns(
        Optional<String> text,
        Optional<String> subject,
        Optional<String> body,
        Optional<String> topic,
        Optional<String> sentiment,
        Optional<String> priority,
        Optional<String> urgency,
        Optional<String> stake,
        Optional<String> group,
        Map<String, String> where) {

    /** Columns of mails without urgency, stake and groups. */
    public MailColumns(
            Optional<String> text,
            Optional<String> subject,
            Optional<String> body,
            Optional<String> topic,
            Optional<String> sentiment,
            Optional<String> priority) {
        this(
                text,
                subject,
                body,
                topic,
                sentiment,
                priority,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    public MailColumns {
        where = Map.copyOf(where);
        if (text.isEmpty() && subject.isEmpty() && body.isEmpty()) {
            throw new IllegalArgumentException("name the columns that hold the mail: --text, or --subject and --body");
        }
        if (Stream.of(topic, sentiment, priority, urgency, stake).allMatch(Optional::isEmpty)) {
            throw new IllegalArgumentException(
                    "name at least one column of labels: --topic, --sentiment, --priority, --urgency or --stake");
        }
    }

    /** Column of each head's label, topic first. */
    public Map<String, String> labels() {
        var labels = new LinkedHashMap<String, String>();
        topic.ifPresent(column -> labels.put("topic", column));
        sentiment.ifPresent(column -> labels.put("sentiment", column));
        priority.ifPresent(column -> labels.put("priority", column));
        urgency.ifPresent(column -> labels.put("urgency", column));
        stake.ifPresent(column -> labels.put("stake", column));
        return labels;
    }
}
