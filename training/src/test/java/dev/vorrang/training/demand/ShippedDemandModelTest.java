package dev.vorrang.training.demand;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.scoring.demand.model.DemandFrame;
import dev.vorrang.scoring.demand.model.DemandModel;
import dev.vorrang.scoring.demand.model.DemandModels;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import dev.vorrang.scoring.demand.model.DemandPrediction;
import dev.vorrang.scoring.demand.model.DemandWindow;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.training.evaluation.ForecastErrors;
import dev.vorrang.training.evaluation.ForecastFigures;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What the model that ships makes of items that are written here, which it was not trained on. */
class ShippedDemandModelTest {

    private static final Path SHIPPED = Path.of("../models/demand/1");
    private static final ModelOptions ONE_THREAD =
            new ModelOptions(List.of(), OptionalInt.of(1), OptionalInt.empty(), Optional.empty());
    private static final LocalDateTime MONDAY = LocalDateTime.of(2026, 3, 2, 0, 0);
    private static final int ITEMS = 40;

    private final Random random = new Random(11);

    @Test
    void shouldBeatTheSeasonalNaiveForecastOfShopItems() {
        DemandFrame frame = DemandFrame.of(DemandPeriod.DAY, 7);

        Compared compared = compare(frame, 140, item -> day -> {
            double expected = (3 + item) * (day % 7 == 5 ? 2.2 : day % 7 == 6 ? 0.2 : 1);
            return Math.max(0, Math.rint(expected + Math.sqrt(expected) * random.nextGaussian()));
        });

        assertThat(compared.model().wape()).isLessThan(0.85 * compared.naive().wape());
        assertThat(compared.model().coverage()).isBetween(0.7, 0.95);
    }

    @Test
    void shouldBeatTheSeasonalNaiveForecastOfHours() {
        DemandFrame frame = DemandFrame.of(DemandPeriod.HOUR, 24);

        Compared compared = compare(frame, 24 * 22, item -> hour -> {
            double night = 1 + 0.8 * Math.sin(2 * Math.PI * (hour % 24 - 8) / 24);
            double weekend = hour / 24 % 7 >= 5 ? 0.6 : 1;
            return 200 * (1 + item) * night * weekend * (1 + 0.08 * random.nextGaussian());
        });

        assertThat(compared.model().wape()).isLessThan(0.8 * compared.naive().wape());
    }

    @Test
    void shouldKnowHowOftenRarePartsAreOrdered() {
        DemandFrame frame = DemandFrame.of(DemandPeriod.STEP, 12, 12);

        Compared compared = compare(
                frame, 60, item -> month -> random.nextDouble() < 0.15 + 0.01 * item ? 1 + random.nextInt(3) : 0);

        assertThat(compared.model().quantileLoss())
                .isLessThan(compared.naive().quantileLoss())
                .isLessThan(0.9 * compared.zero().quantileLoss());
    }

    @Test
    void shouldFollowALevelThatJumped() {
        var quantities = new float[100];
        for (int day = 0; day < quantities.length; day++) {
            quantities[day] = (day < 70 ? 20 : 60) + random.nextInt(5);
        }

        DemandPrediction prediction = predict(DemandFrame.of(DemandPeriod.DAY, 7), quantities);

        assertThat(prediction.mean()[0]).isBetween(50f, 70f);
    }

    @Test
    void shouldExpectAboutWhatCameOnceOfANewItem() {
        DemandPrediction prediction = predict(DemandFrame.of(DemandPeriod.DAY, 3), new float[] {50});

        assertThat(prediction.mean()[0]).isBetween(15f, 100f);
        float[] quantiles = prediction.quantiles()[0];
        assertThat(quantiles[quantiles.length - 1])
                .as("it cannot be sure")
                .isGreaterThan(1.3f * prediction.mean()[0]);
    }

    @Test
    void shouldExpectNothingOfAnItemWithoutDemand() {
        DemandPrediction prediction = predict(DemandFrame.of(DemandPeriod.DAY, 3), new float[50]);

        assertThat(prediction.mean()).containsOnly(0);
    }

    private DemandPrediction predict(DemandFrame frame, float[] quantities) {
        try (DemandModel model = DemandModels.load(SHIPPED, ONE_THREAD, Optional.of(frame))) {
            DemandPrediction prediction = model.apply(List.of(DemandWindow.of(quantities, MONDAY, frame.horizon())))
                    .get(0);
            model.check(prediction);
            return prediction;
        }
    }

    private record Compared(ForecastFigures model, ForecastFigures naive, ForecastFigures zero) {}

    /** Demand of an item by period. */
    private interface Items {
        IntToDoubleFunction item(int number);
    }

    /** Forecasts the last horizon of each item. */
    private static Compared compare(DemandFrame frame, int periods, Items items) {
        var series = new ArrayList<DemandSeries>();
        var naive = new ArrayList<ForecastErrors>();
        var zero = new ArrayList<ForecastErrors>();
        for (int number = 0; number < ITEMS; number++) {
            IntToDoubleFunction item = items.item(number);
            var quantities = new float[periods];
            for (int t = 0; t < periods; t++) {
                quantities[t] = (float) item.applyAsDouble(t);
            }
            boolean dated = frame.period().hasCalendar();
            series.add(new DemandSeries("i" + number, quantities, dated ? MONDAY : null, 0, new float[periods][0]));
            float[] history = Arrays.copyOf(quantities, periods - frame.horizon());
            double[] repeated = Baselines.seasonalNaive(history, frame.season(), frame.horizon());
            naive.add(errors(quantities, history, frame, repeated));
            zero.add(errors(quantities, history, frame, new double[frame.horizon()]));
        }
        try (DemandModel model = DemandModels.load(SHIPPED, ONE_THREAD, Optional.of(frame))) {
            ForecastFigures found = HeldOut.measure(model, series, frame.horizon());
            return new Compared(found, ForecastFigures.of(naive), ForecastFigures.of(zero));
        }
    }

    private static ForecastErrors errors(float[] quantities, float[] history, DemandFrame frame, double[] forecast) {
        var errors = new ForecastErrors("i", DemandTrainer.LEVELS, history, frame.season());
        for (int step = 0; step < forecast.length; step++) {
            errors.add(quantities[history.length + step], forecast[step]);
        }
        return errors;
    }
}
