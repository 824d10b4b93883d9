package dev.vorrang.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.app.bench.BatchSizes;
import dev.vorrang.app.bench.BenchFigures;
import dev.vorrang.app.bench.BenchFigures.Compared;
import dev.vorrang.app.bench.BenchFigures.Latency;
import dev.vorrang.app.bench.BenchFigures.Load;
import dev.vorrang.app.bench.BenchFigures.OneAndSeveral;
import dev.vorrang.app.bench.BenchFigures.ScaledOut;
import dev.vorrang.app.bench.BenchFigures.Scenario;
import dev.vorrang.app.bench.BenchFigures.Speed;
import dev.vorrang.app.bench.BenchFigures.Sweep;
import dev.vorrang.app.evaluate.Report.Fact;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class BenchReportTest {

    private static final List<Sweep> SWEEP =
            List.of(new Sweep(16, 9_000, 0.2), new Sweep(64, 29_000, 0.9), new Sweep(128, 30_000, 0.95));
    private static final List<Load> LOADS = List.of(
            new Load(0.5, 10_000, 50_000, 50_000, new Latency(12, 30, 45, 60), 1.5, new BatchSizes()),
            new Load(0.8, 16_000, 80_000, 40_000, new Latency(20, 900, 1_000, 1_100), 1.9, new BatchSizes()));

    @Test
    void shouldTellRatiosOfTheMedianRounds() throws IOException {
        JsonNode figures = json(figures(LOADS));

        assertThat(figures.at("/figures/pipelinePerSecond").asDouble()).isEqualTo(20_000);
        // 1 / (1/30,000 + 1/60,000) are 20,000.
        assertThat(figures.at("/figures/pipelineToParts").asDouble()).isEqualTo(1, within(1e-9));
        assertThat(figures.at("/figures/pipelineToModel").asDouble()).isEqualTo(2. / 3, within(1e-9));
        assertThat(figures.at("/figures/pipelineToRecordAtATime").asDouble()).isEqualTo(20, within(1e-9));
        assertThat(figures.at("/sideBySide/c: whole pipeline/least").asDouble()).isEqualTo(10_000);
        assertThat(figures.at("/sideBySide/c: whole pipeline/most").asDouble()).isEqualTo(21_000);
        assertThat(figures.at("/sideBySide/c: whole pipeline/GPU %").asDouble()).isEqualTo(80);
        assertThat(figures.at("/latency/50 % of peak/p99").asDouble()).isEqualTo(30);
        assertThat(figures.at("/latency/80 % of peak/seen").asDouble()).isEqualTo(50);
    }

    @Test
    void shouldTellTheSmallestBatchThatIsNearlyAsFastAsTheBest() throws IOException {
        JsonNode figures = json(figures(LOADS));

        assertThat(figures.at("/figures/saturatingBatch").asInt()).isEqualTo(64);
        assertThat(figures.at("/sweep/64/GPU %").asDouble()).isEqualTo(90);
    }

    @Test
    void shouldNotSpeakOfAGpuWhereThereIsNone() throws IOException {
        var sweep = List.of(new Sweep(16, 9_000, Double.NaN), new Sweep(64, 30_000, Double.NaN));
        var figures = new BenchFigures(sweep, figures(LOADS).sideBySide(), LOADS);
        var page = new StringWriter();

        report(figures).writePage(page);

        assertThat(json(figures).at("/sweep/64").has("GPU %")).isFalse();
        assertThat(page.toString()).doesNotContain("GPU");
    }

    @Test
    void shouldHaveNoRatioToWhatWasLeftOut() throws IOException {
        var part = figures(LOADS).sideBySide().subList(0, 3);

        JsonNode figures = json(new BenchFigures(SWEEP, part, LOADS));

        assertThat(figures.at("/figures/pipelineToRecordAtATime").isNull()).isTrue();
        assertThat(figures.at("/figures/pipelineToParts").asDouble()).isPositive();
    }

    @Test
    void shouldTellTheMedianRatioOfSeveralInstances() throws IOException {
        var rounds = List.of(
                new OneAndSeveral(10_000, 19_000), new OneAndSeveral(9_000, 9_000), new OneAndSeveral(10_000, 17_000));
        var all = figures(LOADS);

        JsonNode figures = json(
                new BenchFigures(all.sweep(), all.sideBySide(), all.loads(), Optional.of(new ScaledOut(2, rounds))));

        assertThat(figures.at("/figures/instancesToOne").asDouble()).isEqualTo(1.7, within(1e-9));
        assertThat(figures.at("/instances/2/ratio").asDouble()).isEqualTo(1);
        assertThat(json(all).has("instances")).isFalse();
    }

    @Test
    void shouldDrawAPageEvenIfNoScoreWasSeen() throws IOException {
        var nan = new Latency(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        var unseen = new Load(0.2, 4_000, 20_000, 0, nan, 1, new BatchSizes());
        var page = new StringWriter();

        report(figures(List.of(unseen))).writePage(page);

        assertThat(page.toString()).contains("<svg", "d: one at a time", "20 % of peak");
    }

    private static BenchFigures figures(List<Load> loads) {
        return new BenchFigures(
                SWEEP,
                List.of(
                        compared(Scenario.MODEL, 30_000),
                        compared(Scenario.TOPOLOGY, 60_000),
                        compared(Scenario.PIPELINE, 21_000, 10_000, 20_000),
                        compared(Scenario.RECORD_AT_A_TIME, 1_000)),
                loads);
    }

    private static Compared compared(Scenario scenario, double... rates) {
        return new Compared(
                scenario,
                DoubleStream.of(rates)
                        .mapToObj(rate -> new Speed(rate, 1.5, 0.8, 20_000, 300, 900, new BatchSizes()))
                        .toList());
    }

    private static Report report(BenchFigures figures) {
        return BenchReport.of("Speed", List.of(new Fact("stream", "Stream", "mail")), figures);
    }

    private static JsonNode json(BenchFigures figures) throws IOException {
        var json = new StringWriter();
        report(figures).writeJson(json);
        return new ObjectMapper().readTree(json.toString());
    }
}
