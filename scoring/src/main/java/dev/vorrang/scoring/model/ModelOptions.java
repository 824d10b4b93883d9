package dev.vorrang.scoring.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How a model is put into service.
 *
 * @param warmUp batch sizes of the calls made before the model serves; each 1 or more, in order, may be empty
 * @param threads threads that one call may use inside TensorFlow; empty for all cores
 * @param devices what the model computes on; with several, each has a copy of it, and a call goes to the one that is least busy.
 *     Empty lets TensorFlow choose: the first GPU if it sees one, else the CPU
 * @param gpuMemory share of the memory of each GPU that is taken at the start, above 0 and at most 1; empty lets it grow as needed.
 *     TensorFlow sets GPUs up once for the whole program, so all models must say the same
 * @param cardSha256 SHA-256 that {@code assets.extra/model.json} must have, 64 hex digits, which pins every other file
 *     through the card; empty accepts any card whose files match it
 * @param explain whether a mail model that can name the words that moved it does so, which costs time; without effect on others
 * @param allowedOperations operations that reach outside a model and are accepted all the same, by TensorFlow's names:
 *     {@code ReadFile}
 */
public record ModelOptions(
        List<Integer> warmUp,
        OptionalInt threads,
        List<Device> devices,
        OptionalDouble gpuMemory,
        Optional<String> cardSha256,
        boolean explain,
        Set<String> allowedOperations) {

    public ModelOptions {
        warmUp = List.copyOf(warmUp);
        warmUp.forEach(size -> requireAtLeast("warmUp", size, 1));
        threads.ifPresent(count -> requireAtLeast("threads", count, 1));
        devices = List.copyOf(devices);
        allowedOperations = Set.copyOf(allowedOperations);
        gpuMemory.ifPresent(share -> {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("gpuMemory " + share + ": allowed is above 0 and at most 1");
            }
        });
        cardSha256 = cardSha256.map(hash -> hash.toLowerCase(Locale.ROOT));
        cardSha256.filter(hash -> !hash.matches("[0-9a-f]{64}")).ifPresent(hash -> {
            throw new IllegalArgumentException("cardSha256 '" + hash + "': must be 64 hex digits");
        });
    }

    /** These, with no operation that reaches outside the model. */
    public ModelOptions(
            List<Integer> warmUp,
            OptionalInt threads,
            List<Device> devices,
            OptionalDouble gpuMemory,
            Optional<String> cardSha256,
            boolean explain) {
        this(warmUp, threads, devices, gpuMemory, cardSha256, explain, Set.of());
    }

    /**
     * On one device, whose memory grows as needed; explains where the model can.
     *
     * @param gpu number of the GPU, counted from 0; empty lets TensorFlow choose
     */
    public ModelOptions(List<Integer> warmUp, OptionalInt threads, OptionalInt gpu, Optional<String> cardSha256) {
        this(
                warmUp,
                threads,
                gpu.stream()
                        .mapToObj(number -> new Device(Device.Type.GPU, number))
                        .toList(),
                OptionalDouble.empty(),
                cardSha256,
                true,
                Set.of());
    }

    /** Warm-up with 1, 32 and 256 mails, all cores, a device that TensorFlow chooses, any card; explains where the model can. */
    public static ModelOptions defaults() {
        return new ModelOptions(List.of(1, 32, 256), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    }

    /**
     * These options where so many threads call at once: a call may use its share of the cores, one at least, if these do not say
     * how many.
     */
    public ModelOptions calledBy(int callers) {
        if (threads.isPresent()) {
            return this;
        }
        int share = Math.max(1, Runtime.getRuntime().availableProcessors() / callers);
        return new ModelOptions(
                warmUp, OptionalInt.of(share), devices, gpuMemory, cardSha256, explain, allowedOperations);
    }

    /** These options, explaining or not. */
    public ModelOptions withExplain(boolean other) {
        return new ModelOptions(warmUp, threads, devices, gpuMemory, cardSha256, other, allowedOperations);
    }

    /** These options for another model. */
    public ModelOptions withCard(Optional<String> sha256) {
        return new ModelOptions(warmUp, threads, devices, gpuMemory, sha256, explain, allowedOperations);
    }

    /** These options with calls of other sizes before the model serves. */
    public ModelOptions withWarmUp(List<Integer> sizes) {
        return new ModelOptions(sizes, threads, devices, gpuMemory, cardSha256, explain, allowedOperations);
    }

    /** These options on other devices. */
    public ModelOptions withDevices(List<Device> others) {
        return new ModelOptions(warmUp, threads, others, gpuMemory, cardSha256, explain, allowedOperations);
    }

    /** These options, accepting these operations. */
    public ModelOptions withAllowedOperations(Set<String> operations) {
        return new ModelOptions(warmUp, threads, devices, gpuMemory, cardSha256, explain, operations);
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " " + value + ": must be " + least + " or more");
        }
    }
}
