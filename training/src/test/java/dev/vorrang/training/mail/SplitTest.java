package dev.vorrang.training.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vorrang.scoring.mail.MailText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {

    private static LabelledMails data(int rows, int distinctTexts) {
        var mails = new ArrayList<LabelledMail>();
        for (int row = 0; row < rows; row++) {
            mails.add(new LabelledMail(
                    new MailText("", "text " + row % distinctTexts), row % 4 == 0 ? 1 : 0, new int[] {row % 2}));
        }
        return new LabelledMails(mails, Map.of("topic", List.of("a", "b")), List.of("first", "second"));
    }

    @Test
    void shouldSetApartATenthOfEachDataSet() {
        Split split = Split.folds(data(1_000, 1_000), 3).get(0);
        Map<Integer, Long> counts = split.validation().stream()
                .collect(Collectors.groupingBy(LabelledMail::dataSet, Collectors.counting()));
        assertThat(counts).containsOnly(Map.entry(0, 75L), Map.entry(1, 25L));
        assertThat(split.training()).hasSize(900);
    }

    @Test
    void shouldKeepEqualTextsOfADataSetOnOneSide() {
        Split split = Split.folds(data(1_000, 100), 3).get(0);
        var trained = split.training().stream().map(SplitTest::key).collect(Collectors.toSet());
        assertThat(split.validation()).isNotEmpty().noneMatch(mail -> trained.contains(key(mail)));
    }

    @Test
    void shouldKeepARowOfEveryLabelToLearnFrom() {
        Split split = Split.folds(data(12, 12), 3).get(0);
        assertThat(split.training()).extracting(mail -> mail.labels()[0]).contains(0, 1);
        assertThat(split.validation()).isNotEmpty();
    }

    @Test
    void shouldSplitBySeed() {
        LabelledMails data = data(500, 500);
        assertThat(Split.folds(data, 3)).isEqualTo(Split.folds(data, 3)).isNotEqualTo(Split.folds(data, 4));
    }

    @ParameterizedTest
    @CsvSource({"100, 10, 100", "2000, 10, 2000", "4000, 5, 2000", "4010, 5, 2005", "10000, 2, 2000", "40000, 1, 4000"})
    void shouldCheckOnTwoThousandRowsInAsFewFoldsAsItTakes(int rows, int folds, int checked) {
        List<Split> splits = Split.folds(oneSet(rows), 3);
        assertThat(splits).hasSize(folds).allSatisfy(split -> {
            assertThat(split.validation()).hasSize(checked / folds);
            assertThat(split.training()).hasSize(rows - checked / folds);
        });
        assertThat(splits.stream().flatMap(split -> split.validation().stream()).map(mail -> mail.text()
                        .body()))
                .hasSize(checked)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldKeepEqualTextsOnOneSideInEveryFold() {
        List<Split> splits = Split.folds(data(1_000, 100), 3);
        assertThat(splits).hasSize(10);
        for (Split split : splits) {
            var trained = split.training().stream().map(SplitTest::key).collect(Collectors.toSet());
            assertThat(split.validation()).isNotEmpty().noneMatch(mail -> trained.contains(key(mail)));
            assertThat(split.training().size() + split.validation().size()).isEqualTo(1_000);
        }
        assertThat(splits.stream().flatMap(split -> split.validation().stream()).map(System::identityHashCode))
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldKeepARowOfEveryLabelToLearnFromInEveryFold() {
        var mails = new ArrayList<LabelledMail>();
        for (int row = 0; row < 60; row++) {
            // Labels 1 to 10 are on two texts each.
            mails.add(new LabelledMail(new MailText("", "text " + row), 0, new int[] {row < 20 ? 1 + row / 2 : 0}));
        }
        var labels = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k");
        List<Split> splits = Split.folds(new LabelledMails(mails, Map.of("topic", labels), List.of("one")), 3);
        assertThat(splits).hasSize(10).allSatisfy(split -> assertThat(
                        split.training().stream().map(mail -> mail.labels()[0]).distinct())
                .hasSize(11));
    }

    private static LabelledMails oneSet(int rows) {
        List<LabelledMail> mails = data(rows, rows).mails().stream()
                .map(mail -> new LabelledMail(mail.text(), 0, mail.labels()))
                .toList();
        return new LabelledMails(mails, Map.of("topic", List.of("a", "b")), List.of("one"));
    }

    @Test
    void shouldGiveSmallSetsMoreThanTheirShareOfAPass() {
        LabelledMails data = data(1_000, 1_000);
        var sampler = new Sampler(data.mails(), data.pools(), new Random(1));
        List<LabelledMail> pass = sampler.pass();
        assertThat(pass).hasSize(sampler.passSize()).hasSizeBetween(999, 1_001);
        long second = pass.stream().filter(mail -> mail.dataSet() == 1).count();
        // 750^0.3 to 250^0.3 is 58 to 42.
        assertThat(second).isBetween(410L, 425L);
    }

    @Test
    void shouldDrawFromSetsWithGroupsAsFromOneWherePooled() {
        var mails = new ArrayList<LabelledMail>();
        for (int row = 0; row < 1_000; row++) {
            int dataSet = row % 5;
            String scenario = dataSet == 0 ? "" : "scenario " + row;
            mails.add(new LabelledMail(new MailText("", "mail " + row), dataSet, new int[] {0}, scenario, false));
        }
        var data = new LabelledMails(mails, Map.of("topic", List.of("a")), List.of("public", "b", "c", "d", "e"));
        assertThat(shareOfGroups(data)).isBetween(0.79, 0.81);
        // 800^0.3 to 200^0.3 is 60 to 40.
        assertThat(shareOfGroups(data.pooled())).isBetween(0.59, 0.61);
    }

    private static double shareOfGroups(LabelledMails data) {
        List<LabelledMail> pass = new Sampler(data.mails(), data.pools(), new Random(1)).pass();
        return pass.stream().filter(mail -> mail.dataSet() > 0).count() / (double) pass.size();
    }

    @Test
    void shouldShowEveryRowOfASingleSetOnceAPass() {
        List<LabelledMail> rows = data(100, 100).mails();
        assertThat(new Sampler(
                                rows.stream()
                                        .map(mail -> new LabelledMail(mail.text(), 0, mail.labels()))
                                        .toList(),
                                List.of(0),
                                new Random(1))
                        .pass())
                .hasSize(100)
                .extracting(LabelledMail::text)
                .doesNotHaveDuplicates();
    }

    private static String key(LabelledMail mail) {
        return mail.dataSet() + mail.text().body();
    }
}
