package dev.vorrang.scoring.model;

import java.util.Objects;

/** What is fed to a model under a name: values in row-major order, with their shape. The arrays are not copied. */
public sealed interface ModelArray {

    /** Size of each dimension, 0 or more; their product is the number of values. */
    int[] shape();

    /** {@code float32}. */
    record Floats(float[] values, int... shape) implements ModelArray {
        public Floats {
            requireFull(values.length, shape);
        }
    }

    /** {@code int32}. */
    record Ints(int[] values, int... shape) implements ModelArray {
        public Ints {
            requireFull(values.length, shape);
        }
    }

    /** {@code int64}. */
    record Longs(long[] values, int... shape) implements ModelArray {
        public Longs {
            requireFull(values.length, shape);
        }
    }

    /** {@code string [values.length]}: each in UTF-8. */
    record Texts(byte[][] values) implements ModelArray {
        public Texts {
            Objects.requireNonNull(values, "values");
        }

        @Override
        public int[] shape() {
            return new int[] {values.length};
        }
    }

    private static void requireFull(int values, int[] shape) {
        long size = 1;
        for (int dimension : shape) {
            size *= dimension;
        }
        if (size != values) {
            throw new IllegalArgumentException(values + " values in an array of " + size);
        }
    }
}
