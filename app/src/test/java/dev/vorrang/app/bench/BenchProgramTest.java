package dev.vorrang.app.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vorrang.app.bench.BenchFigures.Compared;
import dev.vorrang.app.bench.BenchFigures.Load;
import dev.vorrang.app.bench.BenchFigures.Scenario;
import dev.vorrang.app.bench.BenchFigures.Speed;
import dev.vorrang.app.kit.StreamKit;
import dev.vorrang.app.program.StopSignal;
import dev.vorrang.app.streams.BenchInstance;
import dev.vorrang.app.streams.machine.MachineKit;
import dev.vorrang.app.streams.mail.MailKit;
import dev.vorrang.scoring.engine.StreamsSettings.Guarantee;
import dev.vorrang.scoring.model.ModelOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whole measurements, as short as they can be: what is looked at is what was counted, not how fast it was. */
class BenchProgramTest {

    private static final Path MODELS = Path.of("..", "models");
    private static final int BATCH = 64;

    @Test
    void shouldMeasureMailsSideBySideAndSeeEveryScoreUnderLoad(@TempDir Path folder) {
        var delay = Duration.ofMillis(1);
        try (var program = program(new MailKit(), MODELS.resolve("mail-triage").resolve("3"), delay)) {
            BenchFigures figures = measure(program, folder, options(4_000, Optional.of(Scenario.RECORD_AT_A_TIME), 1));

            assertThat(figures.sideBySide())
                    .extracting(Compared::scenario)
                    .containsExactly(Scenario.MODEL, Scenario.TOPOLOGY, Scenario.PIPELINE, Scenario.RECORD_AT_A_TIME);
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

    /** {@code ToyKitTest} has the whole measurement of a stream whose records are made one by one. */
    @Test
    void shouldAskTheModelOfMachinesWhatTheStreamAsksIt() {
        var model = MODELS.resolve("machine-anomaly").resolve("1");
        try (var machines = new MachineKit().bench(model, Duration.ZERO, ModelOptions.defaults())) {
            machines.score(machines.lead(), BATCH);

            assertThat(machines.model().getName()).isEqualTo("machine-anomaly");
        }
    }

    /** Processors are chosen as Linux has it. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldMeasureInstancesOnProcessorsOfTheirOwn(@TempDir Path folder) {
        List<Integer> before = processors();
        assumeThat(before).as("a processor for each").hasSizeGreaterThan(1);
        try (var program = program(new MailKit(), MODELS.resolve("mail-triage").resolve("3"), Duration.ZERO)) {
            BenchFigures figures = measure(program, folder, options(2_000, Optional.empty(), 2));

            assertThat(figures.instances().orElseThrow().count()).isEqualTo(2);
            assertThat(figures.instances().orElseThrow().rounds())
                    .singleElement()
                    .satisfies(round -> {
                        assertThat(round.one()).isPositive();
                        assertThat(round.several()).isPositive();
                    });
        }
        assertThat(processors()).as("back as they were").isEqualTo(before);
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldSayHowManyProcessorsThereAre(@TempDir Path folder) {
        int more = processors().size() + 1;
        try (var program = program(new MailKit(), MODELS.resolve("mail-triage").resolve("3"), Duration.ZERO)) {
            assertThatThrownBy(() -> measure(program, folder, options(2_000, Optional.empty(), more)))
                    .hasMessage("--instances " + more + ": each needs a processor, and " + (more - 1) + " may be used");
        }
    }

    private static List<Integer> processors() {
        try (var processors = Processors.ofThisProcess()) {
            return processors.first(processors.count());
        }
    }

    private static Bench.Options options(int records, Optional<Scenario> against, int instances) {
        return new Bench.Options(
                records, 1, against, Guarantee.EXACTLY_ONCE, 1, BATCH, Duration.ofMillis(500), instances);
    }

    private static BenchProgram program(StreamKit<?, ?> kit, Path model, Duration delay) {
        return new BenchProgram(kit.bench(model, delay, ModelOptions.defaults().calledBy(1)), BenchInstance.class);
    }

    private static BenchFigures measure(BenchProgram program, Path folder, Bench.Options options) {
        List<String> told = new ArrayList<>();
        try (var stop = StopSignal.install()) {
            BenchFigures figures = program.run(folder, options, stop, told::add);
            assertThat(told).contains("warmed up", "round 1 of 1", "latency, warmed up", "latency, round 1 of 1");
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
