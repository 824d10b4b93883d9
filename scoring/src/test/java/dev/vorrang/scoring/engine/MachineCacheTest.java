package dev.vorrang.scoring.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineCacheTest {

    private static final int HEAP_MEGABYTES = 128;

    @TempDir
    private Path folder;

    @Test
    void shouldKeepNoMoreStatesAtHandThanTheHeapHasRoomFor() throws Exception {
        assertThat(ManyMachinesProgram.MACHINES * ManyMachinesProgram.MEGABYTES).isGreaterThan(2 * HEAP_MEGABYTES);
        var errors = folder.resolve("errors.txt");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + HEAP_MEGABYTES + "m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ManyMachinesProgram.class.getName(),
                        folder.resolve("state").toString())
                .redirectError(errors.toFile())
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as("see %s", errors).isZero();
        assertThat(printed.strip().lines())
                .last()
                .isEqualTo(Integer.toString(ManyMachinesProgram.MACHINES * ManyMachinesProgram.READINGS));
    }
}
