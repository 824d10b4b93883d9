package dev.vorrang.app.evaluate;

import dev.vorrang.app.bench.BatchSizes;
import dev.vorrang.app.bench.BenchFigures;
import dev.vorrang.app.bench.BenchFigures.Compared;
import dev.vorrang.app.bench.BenchFigures.Load;
import dev.vorrang.app.bench.BenchFigures.OneAndSeveral;
import dev.vorrang.app.bench.BenchFigures.ScaledOut;
import dev.vorrang.app.bench.BenchFigures.Scenario;
import dev.vorrang.app.bench.BenchFigures.Speed;
import dev.vorrang.app.bench.BenchFigures.Sweep;
import dev.vorrang.app.evaluate.Outcome.Cell;
import dev.vorrang.app.evaluate.Outcome.Measure;
import dev.vorrang.app.evaluate.Outcome.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows how fast a stream was. */
public final class BenchReport {

    private static final double ALL = 100;
    private static final String GPU = "GPU %";

    private BenchReport() {}

    /** @param subject what was measured, by what */
    public static Report of(String title, List<Report.Fact> subject, BenchFigures figures) {
        var tables = new ArrayList<>(List.of(sideBySide(figures), latency(figures), batches(figures), sweep(figures)));
        figures.instances().map(BenchReport::instances).ifPresent(tables::add);
        long scored = figures.loads().stream().mapToLong(Load::seen).sum();
        return new Report(title, subject, new Outcome(scored, ratios(figures), tables, BenchCharts.of(figures)));
    }

    private static List<Measure> ratios(BenchFigures figures) {
        double model = rate(figures, Scenario.MODEL);
        double topology = rate(figures, Scenario.TOPOLOGY);
        double pipeline = rate(figures, Scenario.PIPELINE);
        double single = rate(figures, Scenario.RECORD_AT_A_TIME);
        var measures = new ArrayList<>(
                List.of(
                        new Measure(
                                "pipelinePerSecond",
                                "Records a second",
                                pipeline,
                                0,
                                "What the whole pipeline scores: Kafka, the stream and the model."),
                        new Measure(
                                "pipelineToParts",
                                "Pipeline ÷ its parts",
                                pipeline * (1 / model + 1 / topology),
                                2,
                                "The pipeline against 1 / (1/a + 1/b), what the model alone (a) and the stream with a free model (b)"
                                        + " allow when they take turns; above 1 where they overlap."),
                        new Measure(
                                "pipelineToModel",
                                "Pipeline ÷ model alone",
                                pipeline / model,
                                3,
                                "The share of the model's own speed that is left."),
                        new Measure(
                                "pipelineToRecordAtATime",
                                "Pipeline ÷ one at a time",
                                pipeline / single,
                                1,
                                "What batches gain over scoring record by record."),
                        new Measure(
                                "saturatingBatch",
                                "Saturating batch size",
                                figures.saturating().batch(),
                                0,
                                "The smallest batch with which the model alone has 95 % of its best speed: larger ones gain little.")));
        figures.of(Scenario.LOOP)
                .ifPresent(loop -> measures.add(new Measure(
                        "pipelineToLoop",
                        "Pipeline ÷ plain loop",
                        pipeline / loop.rate(),
                        2,
                        "The pipeline against a loop of consumer, model and producer with the same commits, without Kafka Streams"
                                + " and with its state in memory only.")));
        figures.instances()
                .ifPresent(
                        instances -> measures.add(
                                new Measure(
                                        "instancesToOne",
                                        instances.count() + " instances ÷ one",
                                        instances.median().ratio(),
                                        2,
                                        "What several instances score together over what one does, each with a processor of its own.")));
        return measures;
    }

    private static Table instances(ScaledOut instances) {
        var rows = new ArrayList<List<Cell>>();
        for (int round = 1; round <= instances.rounds().size(); round++) {
            OneAndSeveral rates = instances.rounds().get(round - 1);
            rows.add(List.of(
                    Cell.name(Integer.toString(round)),
                    Cell.figure(rates.one(), 0),
                    Cell.figure(rates.several(), 0),
                    Cell.figure(rates.ratio(), 2)));
        }
        return new Table(
                "instances",
                "One instance and " + instances.count(),
                "Records a second by round. Each instance is a process with one stream thread and one processor, which it shares with"
                        + " the broker.",
                List.of("round", "one", instances.count() + " together", "ratio"),
                rows);
    }

    private static double rate(BenchFigures figures, Scenario scenario) {
        return figures.of(scenario).map(Speed::rate).orElse(Double.NaN);
    }

    private static Table sideBySide(BenchFigures figures) {
        var rows = new ArrayList<List<Cell>>();
        for (Compared compared : figures.sideBySide()) {
            Speed speed = compared.median();
            var row = new ArrayList<>(List.of(
                    Cell.name(name(compared.scenario())),
                    Cell.figure(speed.rate(), 0),
                    Cell.figure(extreme(compared, false), 0),
                    Cell.figure(extreme(compared, true), 0),
                    Cell.figure(speed.sizes().mean(), 1),
                    Cell.figure(speed.cores(), 2),
                    Cell.figure(speed.cpuMicros(), 1),
                    Cell.figure(speed.bytesPerRecord(), 0),
                    Cell.figure(speed.heapMib(), 0),
                    Cell.figure(speed.residentMib(), 0)));
            if (figures.withGpu()) {
                row.add(Cell.figure(ALL * speed.gpu(), 0));
            }
            rows.add(row);
        }
        var header = new ArrayList<>(List.of(
                "what",
                "records/s",
                "least",
                "most",
                "batch",
                "cores",
                "CPU µs/record",
                "bytes/record",
                "heap peak",
                "resident"));
        if (figures.withGpu()) {
            header.add(GPU);
        }
        return new Table(
                "sideBySide",
                "Side by side",
                "The round with the median rate, and the slowest and fastest. CPU is that of the whole process, the broker in it"
                        + " too; bytes are what the scoring threads take of the heap; memory is in MiB."
                        + (figures.withGpu() ? " GPU is the share of the time in which the busiest one computed." : ""),
                header,
                rows);
    }

    private static double extreme(Compared compared, boolean most) {
        var rates = compared.rounds().stream().mapToDouble(Speed::rate);
        return (most ? rates.max() : rates.min()).orElse(Double.NaN);
    }

    static String name(Scenario scenario) {
        return switch (scenario) {
            case MODEL -> "a: model alone";
            case TOPOLOGY -> "b: free model";
            case PIPELINE -> "c: whole pipeline";
            case RECORD_AT_A_TIME -> "d: one at a time";
            case LOOP -> "e: plain loop";
        };
    }

    private static Table latency(BenchFigures figures) {
        var rows = new ArrayList<List<Cell>>();
        for (Load load : figures.loads()) {
            rows.add(List.of(
                    Cell.name(share(load)),
                    Cell.figure(load.rate(), 0),
                    Cell.figure(load.latency().p50(), 1),
                    Cell.figure(load.latency().p99(), 1),
                    Cell.figure(load.latency().p999(), 1),
                    Cell.figure(load.latency().max(), 1),
                    Cell.figure(load.sizes().mean(), 1),
                    Cell.figure(load.cores(), 2),
                    Cell.figure(ALL * load.seen() / load.sent(), 2)));
        }
        return new Table(
                "latency",
                "Latency in milliseconds",
                "From the time at which a record was to be sent until a reader of committed records saw its score, at a fixed rate"
                        + " that does not wait. CPU includes sender and reader; seen is the share of scores, in per cent, that came"
                        + " within 15 seconds of the end.",
                List.of("load", "records/s", "p50", "p99", "p99.9", "max", "batch", "cores", "seen"),
                rows);
    }

    private static String share(Load load) {
        return Outcome.number(ALL * load.share(), 0) + " % of peak";
    }

    private static Table batches(BenchFigures figures) {
        Map<String, BatchSizes> columns = new LinkedHashMap<>();
        figures.loads().forEach(load -> columns.put(share(load), load.sizes()));
        figures.of(Scenario.PIPELINE).ifPresent(speed -> columns.put("peak", speed.sizes()));
        int most = columns.values().stream()
                .mapToInt(sizes -> sizes.ranges().size())
                .max()
                .orElse(0);
        var rows = new ArrayList<List<Cell>>();
        for (int place = 0; place < most; place++) {
            var row = new ArrayList<Cell>();
            for (BatchSizes sizes : columns.values()) {
                List<BatchSizes.Range> ranges = sizes.ranges();
                if (row.isEmpty()) {
                    row.add(Cell.name(BenchCharts.name(place)));
                }
                row.add(Cell.figure(place < ranges.size() ? ranges.get(place).batches() : 0, 0));
            }
            rows.add(row);
        }
        var header = new ArrayList<>(List.of("records"));
        header.addAll(columns.keySet());
        return new Table(
                "batches", "Batches by size", "How many batches of the pipeline had so many records.", header, rows);
    }

    private static Table sweep(BenchFigures figures) {
        var rows = new ArrayList<List<Cell>>();
        for (Sweep each : figures.sweep()) {
            var row = new ArrayList<>(List.of(Cell.name(Integer.toString(each.batch())), Cell.figure(each.rate(), 0)));
            if (figures.withGpu()) {
                row.add(Cell.figure(ALL * each.gpu(), 0));
            }
            rows.add(row);
        }
        return new Table(
                "sweep",
                "Model alone by batch size",
                "Calls of the model without Kafka; the best size is the one that is compared.",
                figures.withGpu() ? List.of("batch", "records/s", GPU) : List.of("batch", "records/s"),
                rows);
    }
}
