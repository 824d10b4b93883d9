package dev.vorrang.scoring.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a model is put into service.
 *
 * @param warmUp batch sizes of the calls made before the model serves; each 1 or more, in order, may be empty
 * @param threads threads that one call may use inside TensorFlow; empty for all cores
 * @param gpu number of the GPU to use, counted from 0; empty lets TensorFlow use every one it sees. Without a GPU it has no
 *     effect. Memory grows as needed
 * @param cardSha256 SHA-256 that {@code assets.extra/model.json} must have, 64 hex digits, which pins every other file
 *     through the card; empty accepts any card whose files match it
 * @param explain whether a mail model that can name the words that moved it does so, which costs time; without effect on others
 */
public record ModelOptions(
        List<Integer> warmUp, OptionalInt threads, OptionalInt gpu, Optional<String> cardSha256, boolean explain) {

    public ModelOptions {
        warmUp = List.copyOf(warmUp);
        warmUp.forEach(size -> requireAtLeast("warmUp", size, 1));
        threads.ifPresent(count -> requireAtLeast("threads", count, 1));
        gpu.ifPresent(number -> requireAtLeast("gpu", number, 0));
        cardSha256 = cardSha256.map(hash -> hash.toLowerCase(Locale.ROOT));
        cardSha256.filter(hash -> !hash.matches("[0-9a-f]{64}")).ifPresent(hash -> {
            throw new IllegalArgumentException("cardSha256 '" + hash + "': must be 64 hex digits");
        });
    }

    /** Explains where the model can. */
    public ModelOptions(List<Integer> warmUp, OptionalInt threads, OptionalInt gpu, Optional<String> cardSha256) {
        this(warmUp, threads, gpu, cardSha256, true);
    }

    /** Warm-up with 1, 32 and 256 mails, all cores, every GPU, any card; explains where the model can. */
    public static ModelOptions defaults() {
        return new ModelOptions(List.of(1, 32, 256), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    }

    /** These options, explaining or not. */
    public ModelOptions withExplain(boolean other) {
        return new ModelOptions(warmUp, threads, gpu, cardSha256, other);
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " " + value + ": must be " + least + " or more");
        }
    }
}
