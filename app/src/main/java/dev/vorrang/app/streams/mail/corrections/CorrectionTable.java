package dev.vorrang.app.streams.mail.corrections;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.vorrang.schemas.MailScore;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/**
 * Writes corrected mails as CSV, with the columns that {@link dev.vorrang.training.mail.Corrections} reads. What was not corrected is blank.
 * Times are ISO 8601 in UTC.
 */
public final class CorrectionTable {

    private CorrectionTable() {}

    /** @param out stays the caller's */
    public static void write(List<CorrectedScore> mails, Writer out) throws IOException {
        @SuppressWarnings("resource")
        CsvWriter csv = CsvWriter.builder().build(out);
        csv.writeRecord(
                "mail",
                "receivedAt",
                "subject",
                "body",
                "topic",
                "sentiment",
                "urgency",
                "priority",
                "queue",
                "scoredTopic",
                "scoredSentiment",
                "scoredUrgency",
                "scoredPriority",
                "scoredQueues",
                "abstained",
                "language",
                "model",
                "who",
                "at");
        for (CorrectedScore each : mails) {
            Map<String, String> right = each.right();
            MailScore score = each.score();
            csv.writeRecord(
                    score.getId(),
                    score.getReceivedAt().toString(),
                    each.mail().getSubject(),
                    each.mail().getText(),
                    right.get("topic"),
                    right.get("sentiment"),
                    right.get("urgency"),
                    right.get("priority"),
                    right.get("queue"),
                    score.getTopic(),
                    score.getSentiment(),
                    score.getUrgency(),
                    score.getPriority().name(),
                    String.join(";", score.getQueues()),
                    Boolean.toString(score.getAbstained()),
                    score.getLanguage(),
                    score.getModel().getName() + "/" + score.getModel().getVersion(),
                    each.who(),
                    each.at().toString());
        }
        csv.flush();
    }
}
