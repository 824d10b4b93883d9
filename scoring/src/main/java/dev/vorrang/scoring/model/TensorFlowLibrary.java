package dev.vorrang.scoring.model;

import static org.tensorflow.internal.c_api.global.tensorflow.TFE_ContextListDevices;
import static org.tensorflow.internal.c_api.global.tensorflow.TFE_ContextOptionsSetConfig;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteDeviceList;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListCount;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListMemoryBytes;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListName;

import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TFE_Context;
import org.tensorflow.internal.c_api.TFE_ContextOptions;
import org.tensorflow.internal.c_api.TF_DeviceList;
import org.tensorflow.internal.c_api.TF_Status;

/** TensorFlow's native library: what it is, and what it can compute on. */
public final class TensorFlowLibrary {

    private TensorFlowLibrary() {}

    /**
     * Its version, such as {@code 2.18.0}.
     *
     * @throws LinkageError if it is missing, or not made for this machine
     */
    public static String version() {
        return TensorFlow.version();
    }

    /**
     * A device that TensorFlow sees.
     *
     * @param name such as {@code CPU:0} or {@code GPU:0}
     * @param memoryBytes what it may use there
     */
    public record Seen(String name, long memoryBytes) {

        public boolean isGpu() {
            return name.startsWith("GPU");
        }
    }

    /**
     * The devices that it sees; takes no memory on them.
     *
     * @throws RuntimeException if it cannot tell
     * @throws LinkageError as {@link #version}
     */
    public static List<Seen> devices() {
        var scope = new PointerScope();
        try {
            var status = TF_Status.newStatus();
            var options = TFE_ContextOptions.newContextOptions();
            var config = new BytePointer(SessionConfig.toLook().toByteArray());
            TFE_ContextOptionsSetConfig(options, config, config.limit(), status);
            status.throwExceptionIfNotOK();
            var context = TFE_Context.newContext(options, status);
            status.throwExceptionIfNotOK();
            var devices = TFE_ContextListDevices(context, status);
            status.throwExceptionIfNotOK();
            try {
                return IntStream.range(0, TF_DeviceListCount(devices))
                        .mapToObj(place -> seen(devices, place, status))
                        .toList();
            } finally {
                TF_DeleteDeviceList(devices);
            }
        } finally {
            scope.close();
        }
    }

    private static Seen seen(TF_DeviceList devices, int place, TF_Status status) {
        String name = TF_DeviceListName(devices, place, status).getString();
        long bytes = TF_DeviceListMemoryBytes(devices, place, status);
        return new Seen(name.substring(name.lastIndexOf("device:") + "device:".length()), bytes);
    }
}
