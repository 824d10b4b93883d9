package dev.vorrang.app.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was measured, in one run.
 *
 * @param sweep the model alone at several batch sizes, the smallest first
 * @param sideBySide what was compared, in the order of {@link Scenario}
 * @param loads the whole pipeline under load, the least load first
 * @param instances one instance against several, if that was measured
 */
public record BenchFigures(
        List<Sweep> sweep, List<Compared> sideBySide, List<Load> loads, Optional<ScaledOut> instances) {

    /** Share of the best rate from which on a batch size counts as nearly as fast. */
    public static final double SATURATED = 0.95;

    /** Without several instances. */
    public BenchFigures(List<Sweep> sweep, List<Compared> sideBySide, List<Load> loads) {
        this(sweep, sideBySide, loads, Optional.empty());
    }

    /**
     * One instance against several, each a process with a processor and a stream thread of its own; they share the processors with
     * the broker.
     *
     * @param count how many the several are
     * @param rounds one or more, in the order of time
     */
    public record ScaledOut(int count, List<OneAndSeveral> rounds) {

        /** The round with the median ratio; of two in the middle, the lower one. */
        public OneAndSeveral median() {
            return rounds.stream()
                    .sorted(Comparator.comparingDouble(OneAndSeveral::ratio))
                    .toList()
                    .get((rounds.size() - 1) / 2);
        }
    }

    /**
     * Of one round.
     *
     * @param one records a second of one instance
     * @param several records a second of all of them together
     */
    public record OneAndSeveral(double one, double several) {

        public double ratio() {
            return several / one;
        }
    }

    /** What is compared. */
    public enum Scenario {
        /** The model alone, without Kafka, at the best batch size. */
        MODEL,
        /** Kafka and the stream, with a model that answers at once. */
        TOPOLOGY,
        /** Kafka, the stream and the model. */
        PIPELINE,
        /** The same with batches of one record. */
        RECORD_AT_A_TIME,
        /** Kafka and the model in a plain loop, without Kafka Streams. */
        LOOP
    }

    /**
     * The model alone at one batch size.
     *
     * @param batch records in a call
     * @param rate records a second
     * @param gpu share of the time in which the busiest GPU computed, 0 to 1; NaN without one
     */
    public record Sweep(int batch, double rate, double gpu) {}

    /**
     * How fast something was, and what it cost. Figures are NaN where this system does not tell.
     *
     * @param rate records a second
     * @param cores processors in use on average, by everything in this process
     * @param gpu share of the time in which the busiest GPU computed, 0 to 1
     * @param bytesPerRecord of the heap that the scoring threads took for a record
     * @param heapMib greatest use of the heap, in MiB
     * @param residentMib memory that the process had at the end, in MiB
     * @param sizes of the batches
     */
    public record Speed(
            double rate,
            double cores,
            double gpu,
            double bytesPerRecord,
            double heapMib,
            double residentMib,
            BatchSizes sizes) {

        /** CPU time of a record, in microseconds. */
        public double cpuMicros() {
            return cores / rate * 1e6;
        }
    }

    /**
     * One of those that were compared.
     *
     * @param rounds one or more, in the order of time
     */
    public record Compared(Scenario scenario, List<Speed> rounds) {

        /** The round with the median rate; of two in the middle, the slower one. */
        public Speed median() {
            return rounds.stream()
                    .sorted(Comparator.comparingDouble(Speed::rate))
                    .toList()
                    .get((rounds.size() - 1) / 2);
        }
    }

    /**
     * The pipeline under a load that does not wait for it.
     *
     * @param share of the peak
     * @param rate records sent a second
     * @param sent records whose time was taken
     * @param seen those of them whose score a reader of committed records saw in time
     * @param latency from when a record was to be sent until its score was seen
     * @param cores processors in use on average, by everything in this process, sender and reader too
     * @param sizes of the batches
     */
    public record Load(
            double share, double rate, long sent, long seen, Latency latency, double cores, BatchSizes sizes) {}

    /**
     * Percentiles, in milliseconds; NaN if nothing was seen.
     *
     * @param p50 half were seen in less
     * @param p99 99 in 100
     * @param p999 999 in 1,000
     * @param max the slowest
     */
    public record Latency(double p50, double p99, double p999, double max) {}

    /** The figures of one of those compared; empty if it was left out. */
    public Optional<Speed> of(Scenario scenario) {
        return sideBySide.stream()
                .filter(compared -> compared.scenario() == scenario)
                .findFirst()
                .map(Compared::median);
    }

    /** Whether it is known how busy a GPU was. */
    public boolean withGpu() {
        return sweep.stream().anyMatch(each -> !Double.isNaN(each.gpu()));
    }

    /** The smallest batch size with which the model alone is nearly as fast as with the best one: larger ones gain little. */
    public Sweep saturating() {
        return sweep.stream()
                .filter(each -> each.rate() >= SATURATED * best().rate())
                .findFirst()
                .orElseThrow();
    }

    /** The best batch size of the model alone. */
    public Sweep best() {
        return sweep.stream().max(Comparator.comparingDouble(Sweep::rate)).orElseThrow();
    }
}
