package dev.vorrang.app.bench;

import dev.vorrang.scoring.model.TensorFlowLibrary;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How busy the GPUs are: the share of the time in which they computed something, as {@code nvidia-smi}, which comes with NVIDIA's
 * driver, samples it. Safe for use by many threads; whoever starts it closes it.
 */
final class Gpus implements AutoCloseable {

    private static final List<String> SAMPLER = List.of(
            "nvidia-smi", "--query-gpu=index,utilization.gpu", "--format=csv,noheader,nounits", "--loop-ms=200");
    /** Number of a GPU and per cent; a GPU that does not tell, as a part of one does not, has words in their place. */
    private static final Pattern SAMPLE = Pattern.compile("(\\d+), *(\\d+)");

    private static final double ALL = 100;

    private final Map<String, Sum> sums = new HashMap<>();
    private Process sampler;

    /** Samples of one GPU. */
    private record Sum(long samples, long percents) {}

    /** What was sampled by some time. */
    static final class Reading {

        private final Map<String, Sum> sums;

        private Reading(Map<String, Sum> sums) {
            this.sums = sums;
        }

        /** How many there are, of all GPUs. */
        long samples() {
            return sums.values().stream().mapToLong(Sum::samples).sum();
        }
    }

    private Gpus() {}

    /** Nothing to sample. */
    static Gpus none() {
        return new Gpus();
    }

    /**
     * Starts to sample, if TensorFlow uses a GPU.
     *
     * @param problem is told why the GPUs' use will not be known, if that is so
     */
    static Gpus watch(Consumer<String> problem) {
        boolean used = TensorFlowLibrary.devices().stream().anyMatch(TensorFlowLibrary.Seen::isGpu);
        return used ? watch(SAMPLER, problem) : none();
    }

    /** @param command prints the samples, until it is ended */
    static Gpus watch(List<String> command, Consumer<String> problem) {
        var gpus = new Gpus();
        try {
            gpus.sampler = new ProcessBuilder(command).redirectErrorStream(true).start();
            var reader = new Thread(() -> gpus.read(problem), "gpu-samples");
            reader.setDaemon(true);
            reader.start();
        } catch (IOException e) {
            problem.accept("the GPUs' use is not known: " + e.getMessage());
        }
        return gpus;
    }

    private void read(Consumer<String> problem) {
        var told = false;
        try (BufferedReader lines = sampler.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher sample = SAMPLE.matcher(line.strip());
                if (sample.matches()) {
                    add(sample.group(1), Long.parseLong(sample.group(2)));
                } else if (!told) {
                    told = true;
                    problem.accept("the GPUs' use is not known: nvidia-smi says '" + line.strip() + "'");
                }
            }
        } catch (IOException e) {
            // It was ended.
        }
    }

    private synchronized void add(String gpu, long percents) {
        sums.merge(gpu, new Sum(1, percents), (a, b) -> new Sum(a.samples + b.samples, a.percents + b.percents));
    }

    /** Whether there is anything to sample. */
    boolean watching() {
        return sampler != null;
    }

    synchronized Reading reading() {
        return new Reading(Map.copyOf(sums));
    }

    /** Share of the time since then in which the busiest GPU computed, 0 to 1; NaN if there was no sample. */
    synchronized double since(Reading then) {
        return sums.entrySet().stream()
                .mapToDouble(gpu -> {
                    Sum now = gpu.getValue();
                    Sum before = then.sums.getOrDefault(gpu.getKey(), new Sum(0, 0));
                    return (now.percents - before.percents) / ALL / (now.samples - before.samples);
                })
                .filter(share -> !Double.isNaN(share))
                .max()
                .orElse(Double.NaN);
    }

    @Override
    public void close() {
        if (sampler != null) {
            sampler.destroy();
        }
    }
}
