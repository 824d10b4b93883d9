package dev.vorrang.training.mail;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Names of the columns of a CSV file of mails.
 *
 * @param text whole text of a mail, where the file has no subject of its own; read as the body
 * @param subject subject of a mail
 * @param body body of a mail
 * @param topic label of the topic
 * @param sentiment label of the sentiment
 * @param priority label of the priority
 */
public record MailColumns(
        Optional<String> text,
        Optional<String> subject,
        Optional<String> body,
        Optional<String> topic,
        Optional<String> sentiment,
        Optional<String> priority) {

    public MailColumns {
        if (text.isEmpty() && subject.isEmpty() && body.isEmpty()) {
            throw new IllegalArgumentException("name the columns that hold the mail: --text, or --subject and --body");
        }
        if (topic.isEmpty() && sentiment.isEmpty() && priority.isEmpty()) {
            throw new IllegalArgumentException(
                    "name at least one column of labels: --topic, --sentiment or --priority");
        }
    }

    /** Column of each head's label, topic first. */
    public Map<String, String> labels() {
        var labels = new LinkedHashMap<String, String>();
        topic.ifPresent(column -> labels.put("topic", column));
        sentiment.ifPresent(column -> labels.put("sentiment", column));
        priority.ifPresent(column -> labels.put("priority", column));
        return labels;
    }
}
