package dev.vorrang.training.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.scoring.demand.model.DemandCard;
import dev.vorrang.scoring.demand.model.DemandFrame;
import dev.vorrang.scoring.demand.model.DemandModel;
import dev.vorrang.scoring.demand.model.DemandModels;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import dev.vorrang.scoring.demand.model.DemandPrediction;
import dev.vorrang.scoring.demand.model.DemandWindow;
import dev.vorrang.scoring.model.ModelOptions;
import dev.vorrang.scoring.model.ModelRefusedException;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A small model of shop items that sell three times as much on Saturdays, and twice as much in promotions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DemandTrainerTest {

    private static final LocalDate FIRST = LocalDate.of(2025, 1, 6);
    private static final int DAYS = 120;
    private static final ModelOptions ONE_THREAD =
            new ModelOptions(List.of(), OptionalInt.of(1), OptionalInt.empty(), Optional.empty());

    @TempDir
    private static Path folder;

    private DemandCard card;

    @BeforeAll
    void train() throws IOException {
        var text = new StringBuilder("item,day,sold,promotion\n");
        var random = new Random(1);
        for (int item = 0; item < 12; item++) {
            for (int day = 0; day < DAYS; day++) {
                int promotion = random.nextInt(5) == 0 ? 1 : 0;
                double expected = expected(4 + 5 * item, day, promotion);
                long sold = Math.round(Math.max(0, expected + Math.sqrt(expected) * random.nextGaussian()));
                text.append("i%d,%s,%d,%d%n".formatted(item, FIRST.plusDays(day), sold, promotion));
            }
        }
        Files.writeString(folder.resolve("shop.csv"), text);
        card = new DemandTrainer(settings("model", 60), TrainingProgress.SILENT).train();
    }

    private static double expected(double level, int day, int promotion) {
        return level * (day % 7 == 5 ? 3 : 1) * (promotion == 1 ? 2 : 1);
    }

    private static DemandTrainingSettings settings(String out, int steps) {
        return new DemandTrainingSettings(
                List.of(folder.resolve("shop.csv")),
                new DemandColumns("item", "day", "sold", List.of("promotion"), DemandPeriod.DAY),
                DemandFrame.of(DemandPeriod.DAY, 7),
                steps,
                "shop",
                "1",
                "",
                "not stated",
                "not stated",
                1,
                folder.resolve(out));
    }

    @Test
    void shouldStateWhatItLearntAndHowGoodItIs() {
        assertThat(card.frame()).contains(new DemandCard.Frame("day", 7, 364, 735, 7));
        assertThat(card.known()).containsExactly("promotion");
        assertThat(card.nonNegative()).isTrue();
        assertThat(card.training().data().get(0).rows()).isEqualTo(12 * DAYS);
        // The noise alone makes an error of about a sixth.
        assertThat(figure("WAPE")).isLessThan(0.3);
        assertThat(figure("coverage of 80 %")).isBetween(0.6, 0.95);
    }

    private double figure(String measure) {
        return card.figures().stream()
                .filter(figure -> figure.measure().equals(measure))
                .findFirst()
                .orElseThrow()
                .value();
    }

    @Test
    void shouldKnowRhythmAndPromotionsOfAnItemThatItNeverSaw() {
        try (DemandModel model = load(Optional.empty())) {
            DemandPrediction quiet = model.apply(List.of(window(200, 0))).get(0);
            DemandPrediction promoted = model.apply(List.of(window(200, 1))).get(0);

            // The window ends on a Sunday, so Saturday is the sixth step.
            assertThat(quiet.mean()[5]).isGreaterThan(1.8f * quiet.mean()[2]);
            assertThat(promoted.mean()[2]).isGreaterThan(1.3f * quiet.mean()[2]);
            for (DemandPrediction prediction : List.of(quiet, promoted)) {
                model.check(prediction);
            }
        }
    }

    @Test
    void shouldForecastNewItemsAtOnce() {
        try (DemandModel model = load(Optional.empty())) {
            var origin = FIRST.atStartOfDay();
            var none = new DemandWindow(new float[0], origin, new float[7][1]);
            var first = new DemandWindow(new float[] {40}, origin, new float[8][1]);

            List<DemandPrediction> predictions = model.apply(List.of(none, first));

            predictions.forEach(model::check);
            assertThat(predictions.get(0).mean()[0]).isPositive();
            assertThat(predictions.get(1).mean()[0]).isBetween(5f, 120f);
        }
    }

    @Test
    void shouldForecastAWindowTheSameInAnyBatch() {
        var random = new Random(3);
        var windows = new ArrayList<DemandWindow>();
        for (int i = 0; i < 300; i++) {
            windows.add(window(1 + random.nextInt(500), i % 2));
        }
        try (DemandModel model = load(Optional.empty())) {
            List<DemandPrediction> together = model.apply(windows);

            for (int i = 0; i < windows.size(); i += 1 + random.nextInt(90)) {
                int size = Math.min(windows.size() - i, 1 + random.nextInt(40));
                List<DemandPrediction> apart = model.apply(windows.subList(i, i + size));
                assertThat(apart).usingRecursiveComparison().isEqualTo(together.subList(i, i + size));
            }
        }
    }

    @Test
    void shouldForecastLessFarOnlyWhereAsked() {
        var shorter = DemandFrame.of(DemandPeriod.DAY, 7).withHorizon(2);
        try (DemandModel model = load(Optional.of(shorter))) {
            assertThat(model.apply(List.of(model.probe())).get(0).horizon()).isEqualTo(2);
        }
        assertThatThrownBy(() -> load(Optional.of(shorter.withHorizon(8))))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("allowed is a shorter horizon");
        assertThatThrownBy(() -> load(Optional.of(DemandFrame.of(DemandPeriod.HOUR, 2))))
                .isInstanceOf(ModelRefusedException.class);
    }

    @Test
    void shouldRefuseDataWithoutDemand() throws IOException {
        Files.writeString(folder.resolve("shop-empty.csv"), "item,day,sold,promotion\na,2025-01-06,0,0\n");
        var settings = settings("none", 1);
        var empty = new DemandTrainingSettings(
                List.of(folder.resolve("shop-empty.csv")),
                settings.columns(),
                settings.frame(),
                1,
                "shop",
                "1",
                "",
                "",
                "",
                1,
                settings.out());

        assertThatThrownBy(() -> new DemandTrainer(empty, TrainingProgress.SILENT).train())
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContaining("has more than 4 periods and any demand");
        assertThat(settings.out()).doesNotExist();
    }

    private static DemandModel load(Optional<DemandFrame> frame) {
        return DemandModels.load(folder.resolve("model"), ONE_THREAD, frame);
    }

    /** Eight weeks that end on a Sunday, and a week after them. */
    private static DemandWindow window(int level, int promotion) {
        var random = new Random(level);
        var quantities = new float[56];
        var known = new float[63][1];
        for (int day = 0; day < known.length; day++) {
            known[day][0] = day >= 56 ? promotion : random.nextInt(5) == 0 ? 1 : 0;
            if (day < 56) {
                quantities[day] = Math.round(expected(level, day, (int) known[day][0]));
            }
        }
        return new DemandWindow(quantities, FIRST.plusDays(56).atStartOfDay(), known);
    }
}
