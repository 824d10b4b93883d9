package dev.vorrang.scoring.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.scoring.demand.model.DemandFrame;
import dev.vorrang.scoring.demand.model.DemandModels;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import dev.vorrang.scoring.demand.model.DemandWindow;
import dev.vorrang.scoring.machine.ModelInput;
import dev.vorrang.scoring.machine.SensorSurprise;
import dev.vorrang.scoring.machine.model.MachineModels;
import dev.vorrang.scoring.mail.MailText;
import dev.vorrang.scoring.mail.model.MailModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A row that is scored once more, beside others, gets the same answer to the last bit. */
class BatchIndependenceTest {

    private static final Path MODELS = Path.of("../models");
    private static final ModelOptions ONE_THREAD =
            new ModelOptions(List.of(), OptionalInt.of(1), OptionalInt.empty(), Optional.empty());
    private static final String[] WORDS =
            "the printer is on fire please help Rechnung 4711 danke order refund smoke not Mahnung since today"
                    .split(" ");

    private final Random random = new Random(1);

    @Test
    void shouldScoreMailsTheSameInAnyCompany() throws IOException {
        var mails = new ArrayList<MailText>();
        for (int i = 0; i < 400; i++) {
            mails.add(new MailText(words(3), words(2 + random.nextInt(40))));
        }
        Path folder;
        try (var versions = Files.list(MODELS.resolve("mail-triage"))) {
            folder = versions.max(Path::compareTo).orElseThrow();
        }
        try (var model = MailModel.load(folder, ONE_THREAD)) {
            requireSame(mails, batch -> model.apply(batch).stream()
                    .map(mail -> List.of(
                            mail.topic().orElseThrow().byLabel(),
                            mail.sentiment().orElseThrow().byLabel()))
                    .toList());
        }
    }

    @Test
    void shouldScoreReadingsTheSameInAnyCompany() {
        var readings = new ArrayList<ModelInput>();
        for (int i = 0; i < 2_000; i++) {
            int sensors = 1 + random.nextInt(4);
            var features = new float[sensors * SensorSurprise.FEATURES];
            for (int feature = 0; feature < features.length; feature++) {
                features[feature] = (float) (3 * random.nextGaussian());
            }
            readings.add(new ModelInput(features, sensors));
        }
        try (var model = MachineModels.load(MODELS.resolve("machine-anomaly/1"), ONE_THREAD)) {
            requireSame(
                    readings,
                    batch -> model.apply(batch).stream().map(Arrays::toString).toList());
        }
    }

    @Test
    void shouldForecastItemsTheSameInAnyCompany() {
        DemandFrame frame = DemandFrame.of(DemandPeriod.DAY, 3);
        var windows = new ArrayList<DemandWindow>();
        for (int i = 0; i < 400; i++) {
            var quantities = new float[random.nextInt(200)];
            for (int day = 0; day < quantities.length; day++) {
                quantities[day] = random.nextInt(1 + i % 20);
            }
            windows.add(DemandWindow.of(quantities, LocalDate.of(2026, 3, 2).atStartOfDay(), frame.horizon()));
        }
        try (var model = DemandModels.load(MODELS.resolve("demand/1"), ONE_THREAD, Optional.of(frame))) {
            requireSame(windows, batch -> model.apply(batch).stream()
                    .map(each -> List.of(Arrays.deepToString(each.quantiles()), Arrays.toString(each.mean())))
                    .toList());
        }
    }

    private <I, O> void requireSame(List<I> rows, Function<List<I>, List<O>> model) {
        var order = new ArrayList<Integer>();
        for (int row = 0; row < rows.size(); row++) {
            order.add(row);
        }
        var first = new ArrayList<O>(Collections.nCopies(rows.size(), null));
        for (int pass = 0; pass < 6; pass++) {
            for (int from = 0, to; from < rows.size(); from = to) {
                to = Math.min(rows.size(), from + 1 + random.nextInt(1 << random.nextInt(9)));
                List<Integer> batch = order.subList(from, to);
                List<O> answers = model.apply(batch.stream().map(rows::get).toList());
                for (int i = 0; i < batch.size(); i++) {
                    O before = first.set(batch.get(i), answers.get(i));
                    assertThat(answers.get(i)).isEqualTo(before == null ? answers.get(i) : before);
                }
            }
            Collections.shuffle(order, random);
        }
    }

    private String words(int count) {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        }
        return text.toString();
    }
}
