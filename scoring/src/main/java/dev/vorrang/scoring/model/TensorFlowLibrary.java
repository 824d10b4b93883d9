package dev.vorrang.scoring.model;

import static org.tensorflow.internal.c_api.global.tensorflow.TFE_ContextListDevices;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeleteDeviceList;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListCount;
import static org.tensorflow.internal.c_api.global.tensorflow.TF_DeviceListName;

import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.tensorflow.TensorFlow;
import org.tensorflow.internal.c_api.TFE_Context;
import org.tensorflow.internal.c_api.TFE_ContextOptions;
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
     * Names of the devices that it sees, such as {@code CPU:0} and {@code GPU:0}.
     *
     * @throws RuntimeException if it cannot tell
     * @throws LinkageError as {@link #version}
     */
    public static List<String> devices() {
        var scope = new PointerScope();
        try {
            var status = TF_Status.newStatus();
            var context = TFE_Context.newContext(TFE_ContextOptions.newContextOptions(), status);
            status.throwExceptionIfNotOK();
            var devices = TFE_ContextListDevices(context, status);
            status.throwExceptionIfNotOK();
            try {
                return IntStream.range(0, TF_DeviceListCount(devices))
                        .mapToObj(place ->
                                TF_DeviceListName(devices, place, status).getString())
                        .map(name -> name.substring(name.lastIndexOf("device:") + "device:".length()))
                        .toList();
            } finally {
                TF_DeleteDeviceList(devices);
            }
        } finally {
            scope.close();
        }
    }
}
