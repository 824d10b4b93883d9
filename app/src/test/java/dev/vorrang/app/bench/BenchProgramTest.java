package dev.vorrang.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.app.bench.BenchFigures.Compared;
import dev.vorrang.app.bench.BenchFigures.Load;
import dev.vorrang.app.bench.BenchFigures.Scenario;
import dev.vorrang.app.bench.BenchFigures.Speed;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.scoring.topology.StreamsSettings.Guarantee;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole measurements, as short as they can be: what is looked at is what was counted, not how fast it was. */
class BenchProgramTest {

    private static final Path MODELS = Path.of("..", "models");
    private static final int BATCH = 64;

    @Test
    void shouldMeasureMailsSideBySideAndSeeEveryScoreUnderLoad(@TempDir Path folder) {
        var delay = Duration.ofMillis(1);
        try (var program = BenchProgram.mail(MODELS.resolve("mail-triage").resolve("2"), delay, 1)) {
            BenchFigures figures = measure(program, folder, true);

            assertThat(figures.sideBySide()).extracting(Compared::scenario).containsExactly(Scenario.values());
            assertThat(figures.sideBySide().stream().map(Compared::median))
                    .allSatisfy(BenchProgramTest::requireFigures);
            assertThat(figures.of(Scenario.RECORD_AT_A_TIME)
                            .orElseThrow()
                            .sizes()
                            .mean())
                    .isEqualTo(1);
            requireAllSeen(figures);
        }
    }

    @Test
    void shouldMeasureMachines(@TempDir Path folder) {
        try (var program =
                BenchProgram.machine(MODELS.resolve("machine-anomaly").resolve("1"), Duration.ZERO, 1)) {
            BenchFigures figures = measure(program, folder, false);

            assertThat(figures.sideBySide())
                    .extracting(Compared::scenario)
                    .containsExactly(Scenario.MODEL, Scenario.TOPOLOGY, Scenario.PIPELINE);
            assertThat(figures.sideBySide().stream().map(Compared::median))
                    .allSatisfy(BenchProgramTest::requireFigures);
            requireAllSeen(figures);
        }
    }

    private static BenchFigures measure(BenchProgram program, Path folder, boolean recordAtATime) {
        var options =
                new Bench.Options(10_000, 1, recordAtATime, Guarantee.EXACTLY_ONCE, 1, BATCH, Duration.ofMillis(500));
        List<String> told = new ArrayList<>();
        try (var stop = StopSignal.install()) {
            BenchFigures figures = program.run(folder, options, stop, told::add);
            assertThat(told).contains("warmed up", "round 1 of 1", "latency, round 1 of 1");
            return figures;
        }
    }

    private static void requireFigures(Speed speed) {
        assertThat(speed.rate()).isPositive();
        assertThat(speed.cores()).isPositive();
        assertThat(speed.bytesPerRecord()).isPositive();
        assertThat(speed.heapMib()).isPositive();
        assertThat(speed.sizes().mean()).isGreaterThanOrEqualTo(1);
    }

    private static void requireAllSeen(BenchFigures figures) {
        assertThat(figures.loads()).extracting(Load::share).containsExactly(0.2, 0.5, 0.8);
        assertThat(figures.loads()).allSatisfy(load -> {
            assertThat(load.seen()).isEqualTo(load.sent()).isPositive();
            assertThat(load.latency().p50())
                    .isPositive()
                    .isLessThanOrEqualTo(load.latency().p99());
            assertThat(load.sizes().ranges()).allMatch(range -> range.to() <= BATCH);
        });
    }
}
