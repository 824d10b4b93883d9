package dev.vorrang.training.mail;

import dev.vorrang.scoring.mail.MailText;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mail of a CSV file as it stands there, for whoever measures a model rather than trains one.
 *
 * @param text what the model reads
 * @param dataSet number of its file, from 0 in the order they were given
 * @param labels label of each head that it has one for; never blank
 */
public record MailRow(MailText text, int dataSet, Map<String, String> labels) {

    /**
     * Reads the rows that have a label. Unlike in training a label may occur once, or be the only one.
     *
     * @param files CSV files in UTF-8; a label's column may be missing in some of them
     * @param mapping translates labels as in training
     * @return in the order of the files
     * @throws dev.vorrang.training.TrainingDataException if a file cannot be used, has no row with a label, or lacks the mail's
     *     columns; or if no file has the column of a label
     */
    public static List<MailRow> read(List<Path> files, MailColumns columns, Optional<Path> mapping) {
        return MailCsv.rows(files, columns, mapping.map(LabelMap::read).orElseGet(LabelMap::none));
    }

    /**
     * Reads the text of every row, whatever its labels are.
     *
     * @throws dev.vorrang.training.TrainingDataException if the file cannot be used, has no rows, or lacks the mail's columns
     */
    public static List<MailText> texts(Path file, MailColumns columns) {
        return MailCsv.texts(file, columns);
    }
}
