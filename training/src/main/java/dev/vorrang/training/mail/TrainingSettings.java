package dev.vorrang.training.mail;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What to train a mail model from.
 *
 * @param data CSV files in UTF-8, one or more
 * @param columns names of their columns
 * @param corrections mails whose labels people have corrected, to learn from as well
 * @param mapping CSV file that translates labels, see the training guide
 * @param sources CSV file with the columns {@code file,name,licence,source,note}, for the model card
 * @param name name of the model
 * @param version version of the model
 * @param description a sentence for the model card
 * @param seed seed of split, order, weights and dropout
 * @param epochs passes over the data, 1 or more; empty for a number that suits its size
 * @param precision what a head that does not abstain should reach, above 0 and at most 1
 * @param languages languages that the model knows, for the card; empty if that is not to be said
 * @param variants altered texts to learn from of each row that has a group, 0 or more
 * @param outOfScope CSV file of mails that belong to none of the topics
 * @param from folder of a model whose layers below the heads are kept; empty to learn all of them
 * @param fineTune whether these layers learn as well, once the heads have; only with a model of this program's own
 * @param own heads with layers of their own beside those of all heads, and passes over their rows; 0 for as many as the others, or as suit
 * @param out folder to write the version into; made if absent, must be empty
 */
public record TrainingSettings(
        List<Path> data,
        MailColumns columns,
        Optional<Corrections> corrections,
        Optional<Path> mapping,
        Optional<Path> sources,
        String name,
        String version,
        String description,
        long seed,
        OptionalInt epochs,
        double precision,
        List<String> languages,
        int variants,
        Optional<Path> outOfScope,
        Optional<Path> from,
        boolean fineTune,
        Map<String, Integer> own,
        Path out) {

    private static final int MOST_VARIANTS = 20;

    public TrainingSettings {
        data = List.copyOf(data);
        languages = List.copyOf(languages);
        own = Map.copyOf(own);
        if (data.isEmpty()) {
            throw new IllegalArgumentException("data: name one CSV file or more");
        }
        if (epochs.isPresent() && epochs.getAsInt() < 1) {
            throw new IllegalArgumentException("epochs " + epochs.getAsInt() + ": must be 1 or more");
        }
        if (!(precision > 0 && precision <= 1)) {
            throw new IllegalArgumentException("precision " + precision + ": must be above 0 and at most 1");
        }
        if (variants < 0 || variants > MOST_VARIANTS) {
            throw new IllegalArgumentException("variants " + variants + ": must be 0 to " + MOST_VARIANTS);
        }
        if (fineTune && from.isEmpty()) {
            throw new IllegalArgumentException("fine-tuning needs a model to start from: name one with --from");
        }
        if (!columns.labels().keySet().containsAll(own.keySet())) {
            throw new IllegalArgumentException(
                    "own layers " + String.join(",", own.keySet()) + ": there are columns of labels for "
                            + String.join(", ", columns.labels().keySet()) + " alone");
        }
        if (own.values().stream().anyMatch(passes -> passes < 0)) {
            throw new IllegalArgumentException("own layers " + own + ": the number of passes must be 1 or more");
        }
        if (!own.isEmpty() && from.isPresent() && !fineTune) {
            throw new IllegalArgumentException("own layers " + String.join(",", own.keySet())
                    + ": --from without --fine-tune keeps the layers as they are");
        }
        if (corrections.isPresent()
                && Collections.disjoint(
                        columns.labels().keySet(), Corrections.COLUMNS.labels().keySet())) {
            throw new IllegalArgumentException(
                    "corrections " + corrections.get().file()
                            + ": they are learned beside other mails with such labels, name --topic, --sentiment or --urgency");
        }
        if (outOfScope.isPresent() && columns.topic().isEmpty()) {
            throw new IllegalArgumentException("out of scope " + outOfScope.get()
                    + ": mails without a topic need topics beside them, name --topic");
        }
    }
}
