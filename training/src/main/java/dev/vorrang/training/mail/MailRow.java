package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.MailText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A mail of a CSV file as it stands there, for whoever measures a model rather than trains one.
 *
 * @param text what the model reads
 * @param dataSet number of its file, from 0 in the order they were given
 * @param labels label of each head that it has one for, and value of each further column; never blank
 */
public record MailRow(MailText text, int dataSet, Map<String, String> labels) {

    /**
     * Reads the rows that have a text and a label. Unlike in training a label may occur once, or be the only one.
     *
     * @param files CSV files, read as in training
     * @param by further columns whose values are kept among the labels, by the column's name
     * @param mapping translates labels as in training
     * @param notices hears what was left out, a sentence each
     * @return in the order of the files
     * @throws dev.vorrang.training.TrainingDataException if a file cannot be used, has no row with a text and a label, or lacks
     *     the columns of either; or if a column is in no file
     */
    public static List<MailRow> read(
            List<Path> files, MailColumns columns, List<String> by, Optional<Path> mapping, Consumer<String> notices) {
        return MailCsv.rows(files, columns, by, mapping.map(LabelMap::read).orElseGet(LabelMap::none), notices);
    }

    /**
     * Reads the text of every row that has one, whatever its labels are.
     *
     * @param notices hears what was left out, a sentence each
     * @throws dev.vorrang.training.TrainingDataException if the file cannot be used, has no row with a text, or lacks the
     *     text's columns
     */
    public static List<MailText> texts(Path file, MailColumns columns, Consumer<String> notices) {
        return MailCsv.texts(file, columns, notices);
    }
}
