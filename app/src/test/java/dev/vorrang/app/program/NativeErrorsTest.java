package dev.vorrang.app.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeErrorsTest {

    private static final String TENSORFLOW = """
            2026-11-28 22:28:32.618752: W tensorflow/core/common_runtime/gpu/gpu_device.cc:2343] Cannot dlopen some libraries
            To enable the following instructions: AVX2 FMA, in other operations, rebuild TensorFlow
            WARNING: All log messages before absl::InitializeLog() is called are written to STDERR
            I0000 00:00:1795904912.634761     455 mlir_graph_optimization_pass.cc:401] MLIR V1 optimization pass is not enabled
            """;
    private static final String LAST_WORDS = """
            2026-11-28 22:28:32.618752: F tensorflow/core/platform/cpu_feature_guard.cc:38] compiled to use AVX
            terminate called after throwing an instance of 'std::bad_alloc'
            """;

    @TempDir
    private Path folder;

    @Test
    void shouldLogWhatTensorFlowWritesAndLeaveTheRestOnStandardError() throws Exception {
        Path log = folder.resolve("vorrang.log");
        Path errors = folder.resolve("stderr");
        var process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writing.class.getName(),
                        log.toString())
                .redirectError(errors.toFile())
                .start();

        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readAllLines(errors))
                .containsExactlyInAnyOrderElementsOf(
                        ("of Java\n" + LAST_WORDS + "of a hook\n").lines().toList());
        assertThat(Files.readAllLines(log))
                .extracting(line -> line.replaceFirst(".* org.tensorflow - ", ""))
                .containsExactlyElementsOf(TENSORFLOW.lines().toList());
    }

    /** Writes to the descriptor itself, as native code does, and to {@code System.err}. */
    static final class Writing {

        private Writing() {}

        public static void main(String[] arguments) throws IOException {
            Logs.toFile(Path.of(arguments[0]), false);
            NativeErrors.toLog();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.err.println("of a hook")));
            System.err.println("of Java");
            new FileOutputStream(FileDescriptor.err).write((TENSORFLOW + LAST_WORDS).getBytes(StandardCharsets.UTF_8));
            System.exit(0);
        }
    }
}
