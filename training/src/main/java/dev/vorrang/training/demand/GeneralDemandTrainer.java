package dev.vorrang.training.demand;

import dev.vorrang.scoring.demand.model.DemandCard;
import dev.vorrang.scoring.demand.model.DemandEncoder;
import dev.vorrang.scoring.demand.model.DemandFrame;
import dev.vorrang.scoring.demand.model.DemandModels;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import dev.vorrang.scoring.model.ModelCard;
import dev.vorrang.scoring.model.ModelCards;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.training.TrainingProgress;
import dev.vorrang.training.evaluation.ForecastFigures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.tensorflow.TensorFlow;

/**
 * Trains the general model of demand, which ships: from the order lines of one web shop, summed to hours, days and weeks, and from
 * series that are made, of all periods and seasons. It knows nothing in advance, and forecasts items that it never saw.
 */
public final class GeneralDemandTrainer {

    private static final int SYNTHETIC_ITEMS = 1500;
    private static final int FIRST_TARGET = 4;
    private static final int MIN_ORDERS = 30;
    private static final double TYPICAL = 1;
    private static final int LEFT_OUT = 10;

    /** Items of a source that the model never saw scatter more than those left out of a source that it knows. */
    private static final float SPREAD = 1.1f;

    /** Items that nothing is learnt from. */
    private record Judge(String name, List<DemandSeries> series, DemandFrame frame) {}

    private final Path orders;
    private final Random random;
    private final List<WindowSampler.Source> sources = new ArrayList<>();
    private final List<Double> shares = new ArrayList<>();
    private final List<ModelCard.DataSet> sets = new ArrayList<>();
    private final List<Judge> judges = new ArrayList<>();

    private GeneralDemandTrainer(Path orders, long seed) {
        this.orders = orders;
        random = new Random(seed);
    }

    /**
     * Trains and writes the model.
     *
     * @param args order lines of the set Online Retail (UCI), folder to write the version into, version, steps of learning, seed
     */
    public static void main(String[] args) {
        long seed = Long.parseLong(args[4]);
        new GeneralDemandTrainer(Path.of(args[0]), seed)
                .train(Path.of(args[1]), args[2], Integer.parseInt(args[3]), seed, TrainingProgress.SILENT);
    }

    private void train(Path out, String version, int steps, long seed, TrainingProgress progress) {
        shop(DemandPeriod.DAY, 14, 0.15);
        shop(DemandPeriod.WEEK, 8, 0.04);
        shop(DemandPeriod.HOUR, 24, 0.04);
        made(DemandFrame.of(DemandPeriod.HOUR, 48), 0.1, 0.08);
        made(DemandFrame.of(DemandPeriod.STEP, 24, 48), 0.1, 0.15);
        made(DemandFrame.of(DemandPeriod.DAY, 28), 0.4, 0.12);
        made(DemandFrame.of(DemandPeriod.STEP, 7, 14), 0.3, 0.05);
        made(DemandFrame.of(DemandPeriod.WEEK, 13), 0.3, 0.06);
        made(DemandFrame.of(DemandPeriod.STEP, 52, 13), 0.1, 0.1);
        made(DemandFrame.of(DemandPeriod.STEP, 12, 12), 0.7, 0.15);
        made(DemandFrame.of(DemandPeriod.STEP, 1, 12), 0.4, 0.06);
        DemandNetwork network = DemandTrainer.network(0);
        double[] parts = shares.stream().mapToDouble(Double::doubleValue).toArray();
        var sampler = new WindowSampler(sources, parts, 0, random);
        List<float[]> values = DemandTrainer.learn(network, sampler, steps, seed, progress);
        DemandExport.write(network.spreadBy(SPREAD), values, out);
        ModelCards.write(out, card(network, version, seed, List.of(), out));
        ModelCards.write(out, card(network, version, seed, figures(out), out));
    }

    /** The shop's items that had some orders. */
    private void shop(DemandPeriod period, int horizon, double share) {
        var columns = new DemandColumns("Description", "InvoiceDate", "Quantity", List.of(), period);
        DemandData data = DemandData.read(List.of(orders), columns);
        List<DemandSeries> series = data.series().stream()
                .filter(each -> periodsWithDemand(each) >= MIN_ORDERS)
                .toList();
        String name = "Online Retail, by " + period;
        add(series, DemandFrame.of(period, horizon), share, name);
        sets.add(new ModelCard.DataSet(
                name,
                data.rows().get(0).intValue(),
                "CC BY 4.0",
                "UCI Machine Learning Repository 352 (Chen, 2015)",
                series.size() + " items with " + MIN_ORDERS + " periods of demand or more"));
    }

    private static int periodsWithDemand(DemandSeries series) {
        int count = 0;
        for (float quantity : series.quantities()) {
            count += quantity > 0 ? 1 : 0;
        }
        return count;
    }

    private void made(DemandFrame frame, double intermittent, double share) {
        List<DemandSeries> series = new SyntheticDemand(random).series(frame, SYNTHETIC_ITEMS, intermittent);
        String name = "made: " + frame.period() + ", season " + frame.season();
        add(series, frame, share, name);
        sets.add(new ModelCard.DataSet(
                name,
                series.stream().mapToInt(DemandSeries::periods).sum(),
                "Apache-2.0",
                "this project",
                "trends, seasons, jumps, counts; " + Math.round(100 * intermittent) + " % intermittent"));
    }

    /** Every tenth item is left out, to be measured on. */
    private void add(List<DemandSeries> all, DemandFrame frame, double share, String name) {
        var series = new ArrayList<DemandSeries>();
        var leftOut = new ArrayList<DemandSeries>();
        for (int item = 0; item < all.size(); item++) {
            (item % LEFT_OUT == 0 ? leftOut : series).add(all.get(item));
        }
        var from = new int[series.size()];
        Arrays.fill(from, FIRST_TARGET);
        int[] to = series.stream().mapToInt(DemandSeries::periods).toArray();
        sources.add(new WindowSampler.Source(series, new DemandEncoder(frame, 0, false, TYPICAL), from, to));
        shares.add(share);
        judges.add(new Judge(name, leftOut, frame));
    }

    /** The last horizon of each item that was left out. */
    private List<DemandCard.Figure> figures(Path out) {
        var figures = new ArrayList<DemandCard.Figure>();
        var options = new ModelOptions(List.of(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
        for (Judge judge : judges) {
            try (var model = DemandModels.load(out, options, Optional.of(judge.frame()))) {
                ForecastFigures found =
                        HeldOut.measure(model, judge.series(), judge.frame().horizon());
                figures.add(figure(judge, "WAPE", found, found.wape()));
                figures.add(figure(judge, "quantile loss", found, found.quantileLoss()));
                figures.add(figure(judge, "coverage of 80 %", found, found.coverage()));
            }
        }
        return figures;
    }

    private static DemandCard.Figure figure(Judge judge, String measure, ForecastFigures found, double value) {
        return new DemandCard.Figure(judge.name(), "items left out", measure, found.forecasts(), value);
    }

    private DemandCard card(
            DemandNetwork network, String version, long seed, List<DemandCard.Figure> figures, Path out) {
        return new DemandCard(
                "demand",
                version,
                DemandCard.FORECAST,
                "Forecasts the demand of items that it never saw, in periods of any kind.",
                DemandExport.signature(network),
                Optional.empty(),
                Optional.empty(),
                DemandTrainer.LEVELS,
                List.of(),
                false,
                TYPICAL,
                new ModelCard.Training("TensorFlow " + TensorFlow.version(), seed, 1, sets),
                figures,
                ModelCards.hashes(out));
    }
}
