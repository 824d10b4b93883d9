package dev.vorrang.app.program;

import java.util.Properties;

/** How JavaCPP, which loads TensorFlow's library, is set up. What the user has set stays. */
public final class JavaCpp {

    private static final String GPU_LIBRARY = "org/tensorflow/internal/c_api/linux-x86_64-gpu/libtensorflow_cc.so.2";

    private JavaCpp() {}

    /** To be done before TensorFlow is used. */
    public static void setUp() {
        setUp(JavaCpp.class.getClassLoader(), System.getProperties());
    }

    static void setUp(ClassLoader libraries, Properties properties) {
        // It would look up the size of the process before each string that a model is given, which takes longer than
        // anything else in the call, and would refuse it when the process is larger than two heaps.
        properties.putIfAbsent("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        if (libraries.getResource(GPU_LIBRARY) == null) {
            // It would look for CUDA's libraries in every jar, which takes longer than loading TensorFlow.
            properties.putIfAbsent("org.bytedeco.javacpp.platform.extension", "");
        }
    }
}
