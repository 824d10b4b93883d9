package dev.vorrang.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaCppTest {

    private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";

    @TempDir
    private Path folder;

    private final Properties properties = new Properties();

    @Test
    void shouldNotLookForCudaWithoutTensorFlowsGpuLibrary() throws Exception {
        setUp();

        assertThat(properties).containsEntry(EXTENSION, "").containsEntry("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    }

    @Test
    void shouldFindTensorFlowsGpuLibrary() throws Exception {
        Path libraries = Files.createDirectories(folder.resolve("org/tensorflow/internal/c_api/linux-x86_64-gpu"));
        Files.createFile(libraries.resolve("libtensorflow_cc.so.2"));

        setUp();

        assertThat(properties).doesNotContainKey(EXTENSION);
    }

    @Test
    void shouldLeaveWhatTheUserHasSet() throws Exception {
        properties.put(EXTENSION, "-mine");

        setUp();

        assertThat(properties).containsEntry(EXTENSION, "-mine");
    }

    private void setUp() throws Exception {
        try (var libraries = new URLClassLoader(new URL[] {folder.toUri().toURL()}, null)) {
            JavaCpp.setUp(libraries, properties);
        }
    }
}
