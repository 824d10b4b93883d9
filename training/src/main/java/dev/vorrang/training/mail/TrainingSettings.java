package dev.vorrang.training.mail;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to train a mail model from.
 *
 * @param data CSV files in UTF-8, one or more
 * @param columns names of their columns
 * @param mapping CSV file that translates labels, see the training guide
 * @param sources CSV file with the columns {@code file,name,licence,source,note}, for the model card
 * @param name name of the model
 * @param version version of the model
 * @param description a sentence for the model card
 * @param seed seed of split, order, weights and dropout
 * @param epochs the most passes over the data, 1 or more
 * @param out folder to write the version into; made if absent, must be empty
 */
public record TrainingSettings(
        List<Path> data,
        MailColumns columns,
        Optional<Path> mapping,
        Optional<Path> sources,
        String name,
        String version,
        String description,
        long seed,
        int epochs,
        Path out) {

    public TrainingSettings {
        data = List.copyOf(data);
        if (data.isEmpty()) {
            throw new IllegalArgumentException("data: name one CSV file or more");
        }
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs " + epochs + ": must be 1 or more");
        }
    }
}
