package dev.vorrang.training.mail;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to train an adapter from.
 *
 * @param base jar of the base model
 * @param basePath where the jar is in a Maven repository
 * @param baseLicence licence of the base's weights
 * @param data CSV files in UTF-8, one or more
 * @param columns names of their columns
 * @param mapping CSV file that translates labels, see the training guide
 * @param sources CSV file with the columns {@code file,name,licence,source,note}, for the card
 * @param name name of the mail model
 * @param version version of the mail model
 * @param description a sentence for the card
 * @param languages languages that the model knows, for the card
 * @param from folder of an adapter to go on from, of the same layers and rank; its heads have the same labels
 * @param recipe how to learn
 * @param precision what a head that does not abstain should reach, above 0 and at most 1
 * @param seed seed of split, order, weights and dropout
 * @param out folder to write the adapter into; made if absent, must be empty
 */
public record LargeTrainingSettings(
        Path base,
        String basePath,
        String baseLicence,
        List<Path> data,
        MailColumns columns,
        Optional<Path> mapping,
        Optional<Path> sources,
        String name,
        String version,
        String description,
        List<String> languages,
        Optional<Path> from,
        Recipe recipe,
        double precision,
        long seed,
        Path out) {

    /**
     * How to learn.
     *
     * @param layers of the base that are used, the lowest ones
     * @param frozen of these, the lowest ones without an adapter: they are worked out once
     * @param rank of the adapter
     * @param maxLength tokens of a mail that are learned from
     * @param epochs passes over the data
     * @param rate highest step of AdamW
     * @param half whether large matrices are multiplied in bfloat16
     */
    public record Recipe(int layers, int frozen, int rank, int maxLength, int epochs, float rate, boolean half) {
        public Recipe {
            if (frozen < 0 || frozen >= layers) {
                throw new IllegalArgumentException(
                        "frozen layers " + frozen + ": must be 0 or more, and fewer than the layers, " + layers);
            }
            if (rank < 1 || epochs < 1 || maxLength < 8 || !(rate > 0)) {
                throw new IllegalArgumentException("rank " + rank + ", passes " + epochs + ", tokens " + maxLength
                        + ", rate " + rate + ": must be 1 or more, 1 or more, 8 or more, and above 0");
            }
        }
    }
}
