package dev.vorrang.app.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {

    @TempDir
    Path folder;

    @Test
    void shouldNameProcessorAndInstructionsThatMatter() throws IOException {
        var told = folder.resolve("cpuinfo");
        Files.writeString(told, """
                processor\t: 0
                model name\t: Example(R) Processor @ 2.00GHz
                flags\t\t: fpu sse4_2 avx fma avx2 avx512f

                processor\t: 1
                model name\t: another
                """);

        assertThat(Processor.read(told).describe())
                .isEqualTo("Example(R) Processor @ 2.00GHz sse4_2 avx avx2 fma avx512f");
    }

    @Test
    void shouldNameTheArchitectureWhereNothingIsTold() {
        assertThat(Processor.read(folder.resolve("none")).describe()).isEqualTo(System.getProperty("os.arch"));
    }
}
