package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.MailText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A mail whose score people have corrected, as {@link Corrections} has it.
 *
 * @param text what the model reads
 * @param right what is right, by field of the score: topic, sentiment, urgency, priority, queue; only what was corrected
 * @param scored what was scored, by the same fields; several queues with semicolons between
 * @param model name and version of the model that scored; empty if the file does not say
 */
public record CorrectedMail(
        MailText text, Map<String, String> right, Map<String, String> scored, Optional<String> model) {

    /** Fields that people correct, with the column of what was scored. */
    private static final Map<String, String> SCORED = scoredColumns();

    private static final String MODEL = "model";

    private static Map<String, String> scoredColumns() {
        var columns = new LinkedHashMap<String, String>();
        columns.put("topic", "scoredTopic");
        columns.put("sentiment", "scoredSentiment");
        columns.put("urgency", "scoredUrgency");
        columns.put("priority", "scoredPriority");
        columns.put("queue", "scoredQueues");
        return columns;
    }

    /** The fields, in order. */
    public static List<String> fields() {
        return List.copyOf(SCORED.keySet());
    }

    /**
     * Reads a file.
     *
     * @param notices hears what was left out, a sentence each
     * @throws dev.vorrang.training.TrainingDataException if the file cannot be used, has no row with a text, or lacks a column
     */
    public static List<CorrectedMail> read(Path file, Consumer<String> notices) {
        var columns = new ArrayList<>(SCORED.keySet());
        columns.addAll(SCORED.values());
        columns.add(MODEL);
        return MailCsv.rows(List.of(file), Corrections.COLUMNS, columns, LabelMap.none(), notices).stream()
                .map(CorrectedMail::of)
                .toList();
    }

    private static CorrectedMail of(MailRow row) {
        var right = new LinkedHashMap<String, String>();
        var scored = new LinkedHashMap<String, String>();
        SCORED.forEach((field, column) -> {
            Optional.ofNullable(row.labels().get(field)).ifPresent(label -> right.put(field, label));
            Optional.ofNullable(row.labels().get(column)).ifPresent(label -> scored.put(field, label));
        });
        return new CorrectedMail(
                row.text(), right, scored, Optional.ofNullable(row.labels().get(MODEL)));
    }

    /** The mail with what is right of the labels that models know. */
    public MailRow row(int dataSet) {
        var labels = new LinkedHashMap<>(right);
        labels.keySet().retainAll(Corrections.COLUMNS.labels().keySet());
        return new MailRow(text, dataSet, labels);
    }
}
