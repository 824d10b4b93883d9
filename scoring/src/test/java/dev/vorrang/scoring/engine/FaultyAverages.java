package dev.vorrang.scoring.engine;

import dev.vorrang.scoring.machine.Averages;
import dev.vorrang.scoring.machine.ModelInput;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** {@link Averages} that fail as told. Told by the test's thread, asked by those of the stream. */
final class FaultyAverages extends Averages {

    final AtomicInteger calls = new AtomicInteger();
    volatile Fault fault;
    volatile float poison = Float.NaN;
    volatile Runnable hanging = () -> {};

    /** How a model may fail for whatever it is given. */
    enum Fault {
        THROWS("device lost"),
        GIVES_NO_NUMBERS("NaN");

        final String message;

        Fault(String message) {
            this.message = message;
        }
    }

    @Override
    public List<float[]> apply(List<ModelInput> inputs) {
        calls.incrementAndGet();
        hanging.run();
        if (fault == Fault.THROWS) {
            throw new IllegalStateException(fault.message);
        }
        if (inputs.stream().anyMatch(input -> input.values()[0] == poison)) {
            throw new IllegalArgumentException("the model chokes on it");
        }
        return fault == null
                ? super.apply(inputs)
                : inputs.stream().map(input -> new float[] {Float.NaN}).toList();
    }
}
