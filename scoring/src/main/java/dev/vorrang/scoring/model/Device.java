package dev.vorrang.scoring.model;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a model computes on.
 *
 * @param number of the GPU, counted from 0 among those that TensorFlow sees ({@code CUDA_VISIBLE_DEVICES} says which); 0 for the CPU
 */
public record Device(Type type, int number) {

    private static final Pattern TEXT = Pattern.compile("cpu|gpu:(\\d{1,3})");

    /** Kinds of devices. */
    public enum Type {
        CPU,
        GPU
    }

    public Device {
        Objects.requireNonNull(type, "type");
        if (number < 0 || number > 999 || type == Type.CPU && number != 0) {
            throw new IllegalArgumentException("number " + number + ": allowed is 0 to 999 for a GPU, 0 for the CPU");
        }
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @param text {@code cpu}, {@code gpu:0}, {@code gpu:1} and so on
     * @throws IllegalArgumentException if it is anything else
     */
    public static Device of(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("device '" + text + "': allowed is cpu, or gpu: and its number");
        }
        return matcher.group(1) == null
                ? new Device(Type.CPU, 0)
                : new Device(Type.GPU, Integer.parseInt(matcher.group(1)));
    }

    /** Name among those that TensorFlow lists, such as {@code GPU:1}. */
    String listed() {
        return type + ":" + number;
    }

    /** What the nodes of a graph are marked with. */
    String inGraph() {
        return "/device:" + listed();
    }

    @Override
    public String toString() {
        return type == Type.CPU ? "cpu" : listed().toLowerCase(Locale.ROOT);
    }
}
