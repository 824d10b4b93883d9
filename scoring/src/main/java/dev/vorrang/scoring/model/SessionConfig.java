package dev.vorrang.scoring.model;

import java.util.OptionalDouble;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;

/**
 * How sessions are opened. What is said of GPUs must be the same wherever TensorFlow is entered: it sets them up once for the whole
 * program, and refuses a session that wants it otherwise. So a model is put on a device by its graph, not by its session.
 */
final class SessionConfig {

    private static final int IN_THE_CALLERS_THREAD = -1;

    private SessionConfig() {}

    static ConfigProto of(ModelOptions options) {
        var config = forGpus(options.gpuMemory())
                // What a device has no kernel for, such as work on strings on a GPU, is done on the CPU.
                .setAllowSoftPlacement(true)
                // Handing operations from thread to thread costs more than running them side by side gains, for there
                // are other calls to make meanwhile. Large operations are still shared out, as the options say.
                .setInterOpParallelismThreads(IN_THE_CALLERS_THREAD);
        options.threads().ifPresent(config::setIntraOpParallelismThreads);
        return config.build();
    }

    /** For a look at the devices. */
    static ConfigProto toLook() {
        return forGpus(OptionalDouble.empty()).build();
    }

    private static ConfigProto.Builder forGpus(OptionalDouble memory) {
        var gpu = GPUOptions.newBuilder().setAllowGrowth(memory.isEmpty());
        memory.ifPresent(gpu::setPerProcessGpuMemoryFraction);
        return ConfigProto.newBuilder().setGpuOptions(gpu);
    }
}
