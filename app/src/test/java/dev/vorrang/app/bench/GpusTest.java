package dev.vorrang.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A shell stands in for the program that samples GPUs, for not every machine has one. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class GpusTest {

    private static final Offset<Double> ROUNDING = within(1e-9);

    private final List<String> problems = Collections.synchronizedList(new ArrayList<>());

    private Gpus watch(String script) {
        return Gpus.watch(List.of("sh", "-c", script), problems::add);
    }

    @Test
    void shouldTellHowBusyTheBusiestWasSinceThen(@TempDir Path folder) throws IOException {
        Path more = folder.resolve("more");
        String script = "printf '0, 10\\n1, 0\\n'; while [ ! -e '" + more + "' ]; do sleep 0.01; done; "
                + "printf '0, 20\\n1, 90\\n0, 40\\n1, 70\\n'; sleep 60";
        try (var gpus = watch(script)) {
            var beginning = Gpus.none().reading();
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(gpus.reading().samples())
                            .as("one of each")
                            .isEqualTo(2));
            assertThat(gpus.since(beginning)).isEqualTo(0.1, ROUNDING);

            var then = gpus.reading();
            assertThat(gpus.since(then)).as("no sample since").isNaN();
            Files.createFile(more);
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(gpus.reading().samples()).isEqualTo(6));
            assertThat(gpus.since(then)).isEqualTo(0.8, ROUNDING);
        }
        assertThat(problems).isEmpty();
        await().atMost(Duration.ofMinutes(2))
                .untilAsserted(() -> assertThat(ProcessHandle.current().children())
                        .as("ended")
                        .isEmpty());
    }

    @Test
    void shouldSayOnceWhyNothingIsKnown() {
        try (var gpus = watch("printf '0, [N/A]\\n0, [N/A]\\n'; sleep 60")) {
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(problems).isNotEmpty());
            assertThat(gpus.since(Gpus.none().reading())).isNaN();
        }
        assertThat(problems).containsExactly("the GPUs' use is not known: nvidia-smi says '0, [N/A]'");
    }

    @Test
    void shouldDoWithoutTheProgram() {
        try (var gpus = Gpus.watch(List.of("no-such-program"), problems::add)) {
            assertThat(gpus.watching()).isFalse();
            assertThat(gpus.since(gpus.reading())).isNaN();
        }
        assertThat(problems).singleElement().asString().contains("no-such-program");
    }
}
