package dev.vorrang.training.demand;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import dev.vorrang.scoring.demand.model.DemandCard;
import dev.vorrang.scoring.demand.model.DemandEncoder;
import dev.vorrang.scoring.demand.model.DemandFrame;
import dev.vorrang.scoring.demand.model.DemandModels;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelCards;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.training.OutputFolder;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;
import dev.vorrang.training.evaluation.ForecastFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import org.tensorflow.TensorFlow;

/**
 * Trains a model of demand from CSV files. It learns twice: first without the last periods, on which it is then measured, and then from
 * all of them. For one thread.
 */
public final class DemandTrainer {

    /** Windows of a step of learning. */
    public static final int WINDOWS = 256;

    /** Levels of the quantiles of every model that is trained. */
    public static final List<Double> LEVELS =
            List.of(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.99);

    private static final int SERIES_UNITS = 64;
    private static final int HIDDEN_UNITS = 96;
    private static final int MEMBERS = 3;
    private static final float RATE = 0.002f;
    private static final int WARM_UP = 100;
    private static final int TOLD_EACH = 100;

    /** A window of the first periods of an item says little. */
    private static final int FIRST_TARGET = 4;

    private static final double HELD_OUT = 0.1;
    private static final int MAX_HELD_OUT = 60;

    private final DemandTrainingSettings settings;
    private final TrainingProgress progress;

    public DemandTrainer(DemandTrainingSettings settings, TrainingProgress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Trains and writes the model.
     *
     * @return its card
     * @throws TrainingDataException if the data cannot be used; nothing is written then
     * @throws UncheckedIOException if the model cannot be written
     */
    public DemandCard train() {
        OutputFolder.requireEmpty(settings.out());
        DemandData data = DemandData.read(settings.data(), settings.columns());
        progress.read(data.notices());
        List<DemandSeries> series = usable(data);
        int held = heldOut(series);
        progress.started(periods(series, held), series.size() * held, 2L * settings.steps());
        var network = network(settings.columns().known().size());
        List<DemandCard.Figure> figures = measured(network, data, series, held);
        List<float[]> values = learn(network, series, 0, "all periods", settings.steps());
        write(network, values, data, series, figures, settings.out());
        return DemandCard.read(settings.out());
    }

    static DemandNetwork network(int names) {
        return new DemandNetwork(names, LEVELS, SERIES_UNITS, HIDDEN_UNITS, MEMBERS, 1);
    }

    private List<DemandSeries> usable(DemandData data) {
        List<DemandSeries> series = data.series().stream()
                .filter(each -> each.periods() > FIRST_TARGET && anyDemand(each))
                .toList();
        if (series.isEmpty()) {
            throw new TrainingDataException("no item in " + settings.data() + " has more than " + FIRST_TARGET
                    + " periods and any demand; is the period too long?");
        }
        return series;
    }

    private static boolean anyDemand(DemandSeries series) {
        for (float quantity : series.quantities()) {
            if (quantity != 0 && !Float.isNaN(quantity)) {
                return true;
            }
        }
        return false;
    }

    /** Periods at the end of each item that are measured on: a tenth, at least one horizon, but not half. */
    private int heldOut(List<DemandSeries> series) {
        int[] lengths = series.stream().mapToInt(DemandSeries::periods).sorted().toArray();
        int middle = lengths[lengths.length / 2];
        int wanted = Math.max(settings.frame().horizon(), Math.min(MAX_HELD_OUT, (int) (middle * HELD_OUT)));
        return Math.min(wanted, middle / 2);
    }

    private static int periods(List<DemandSeries> series, int held) {
        return series.stream()
                .mapToInt(each -> Math.max(0, each.periods() - held))
                .sum();
    }

    private List<float[]> learn(DemandNetwork network, List<DemandSeries> series, int held, String stage, int steps) {
        progress.stageStarted(stage, steps);
        var encoder = encoder(series);
        int[] to = series.stream().mapToInt(each -> each.periods() - held).toArray();
        int[] from = new int[to.length];
        Arrays.fill(from, FIRST_TARGET);
        var source = new WindowSampler.Source(series, encoder, from, to);
        var random = new Random(settings.seed());
        var sampler = new WindowSampler(List.of(source), new double[] {1}, network.names(), random);
        return learn(network, sampler, steps, settings.seed(), progress);
    }

    /** Learns from windows as they are drawn; the rate rises at first, and then falls along a cosine. */
    static List<float[]> learn(
            DemandNetwork network, WindowSampler sampler, int steps, long seed, TrainingProgress progress) {
        try (var learner = new DemandLearner(network, seed)) {
            double loss = 0;
            for (int step = 0; step < steps; step++) {
                double warm = Math.min(1, (step + 1.0) / WARM_UP);
                double rate = RATE * warm * 0.5 * (1 + Math.cos(Math.PI * step / steps));
                loss += learner.learn(sampler.draw(WINDOWS), (float) rate);
                progress.learned(1);
                if ((step + 1) % TOLD_EACH == 0) {
                    progress.epochEnded(step + 1, loss / TOLD_EACH, Double.NaN);
                    loss = 0;
                }
            }
            return learner.values();
        }
    }

    private DemandEncoder encoder(List<DemandSeries> series) {
        return new DemandEncoder(
                settings.frame(), settings.columns().known().size(), nonNegative(series), typical(series));
    }

    private static boolean nonNegative(List<DemandSeries> series) {
        for (DemandSeries each : series) {
            for (float quantity : each.quantities()) {
                if (quantity < 0) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The median of the items' means. */
    private static double typical(List<DemandSeries> series) {
        double[] means = series.stream()
                .mapToDouble(DemandTrainer::mean)
                .filter(mean -> mean > 0)
                .sorted()
                .toArray();
        return means.length == 0 ? 1 : means[means.length / 2];
    }

    private static double mean(DemandSeries series) {
        double sum = 0;
        int count = 0;
        for (float quantity : series.quantities()) {
            if (!Float.isNaN(quantity)) {
                sum += Math.abs(quantity);
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private List<DemandCard.Figure> measured(
            DemandNetwork network, DemandData data, List<DemandSeries> series, int held) {
        List<float[]> values = learn(network, series, held, "without the last " + held + " periods", settings.steps());
        Path folder = temporary();
        try {
            write(network, values, data, series, List.of(), folder);
            return figures(folder, series, held);
        } finally {
            delete(folder);
        }
    }

    private List<DemandCard.Figure> figures(Path folder, List<DemandSeries> series, int held) {
        var options = new ModelOptions(List.of(), OptionalInt.of(2), OptionalInt.empty(), Optional.empty());
        try (var model = DemandModels.load(folder, options, Optional.empty())) {
            ForecastFigures found = HeldOut.measure(model, series, held);
            String name = settings.data().get(0).getFileName().toString();
            return Stream.of(
                            figure(name, "WAPE", found.forecasts(), found.wape()),
                            figure(name, "RMSSE", found.forecasts(), found.rmsse()),
                            figure(name, "MASE", found.forecasts(), found.mase()),
                            figure(name, "quantile loss", found.forecasts(), found.quantileLoss()),
                            figure(name, "coverage of 80 %", found.forecasts(), found.coverage()))
                    .filter(figure -> Double.isFinite(figure.value()))
                    .toList();
        }
    }

    private static DemandCard.Figure figure(String data, String measure, int rows, double value) {
        return new DemandCard.Figure(data, "validation", measure, rows, value);
    }

    private void write(
            DemandNetwork network,
            List<float[]> values,
            DemandData data,
            List<DemandSeries> series,
            List<DemandCard.Figure> figures,
            Path folder) {
        DemandExport.write(network, values, folder);
        DemandColumns columns = settings.columns();
        var sets = new ArrayList<ModelCard.DataSet>();
        for (int file = 0; file < settings.data().size(); file++) {
            sets.add(new ModelCard.DataSet(
                    settings.data().get(file).getFileName().toString(),
                    data.rows().get(file).intValue(),
                    settings.licence(),
                    settings.source(),
                    ""));
        }
        var card = new DemandCard(
                settings.name(),
                settings.version(),
                DemandCard.FORECAST,
                settings.description(),
                DemandExport.signature(network),
                Optional.of(new DemandCard.Columns(columns.item(), columns.time(), columns.quantity())),
                Optional.of(frame(settings.frame())),
                LEVELS,
                columns.known(),
                nonNegative(series),
                typical(series),
                new ModelCard.Training("TensorFlow " + TensorFlow.version(), settings.seed(), 1, sets),
                figures,
                ModelCards.hashes(folder));
        ModelCards.write(folder, card);
    }

    private static DemandCard.Frame frame(DemandFrame frame) {
        return new DemandCard.Frame(
                frame.period().name().toLowerCase(Locale.ROOT),
                frame.season(),
                frame.longSeason(),
                frame.context(),
                frame.horizon());
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("demand-model");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for temporary files", e);
        }
    }

    private static void delete(Path folder) {
        try {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
