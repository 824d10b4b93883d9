package dev.vorrang.training.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vorrang.ingest.reading.CsvFormat;
import dev.vorrang.scoring.demand.model.DemandPeriod;
import dev.vorrang.training.TrainingDataException;
import dev.vorrang.training.UnknownColumnException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemandDataTest {

    private static final float NONE = Float.NaN;

    @TempDir
    private Path folder;

    @Test
    void shouldSumOrderLinesIntoDaysOfTheItemsClock() throws IOException {
        DemandData data = read(columns(DemandPeriod.DAY, "Europe/Berlin", Gaps.AUTO), """
                item,time,quantity
                a,2026-03-02T10:00:00Z,2
                a,2026-03-02T11:00:00Z,3
                b,2026-03-03T08:00:00Z,1
                a,2026-03-04T23:30:00Z,7
                """);

        DemandSeries a = data.series().get(0);
        assertThat(a.item()).isEqualTo("a");
        assertThat(a.start()).isEqualTo("2026-03-02T00:00");
        assertThat(a.quantities())
                .as("no order is no demand where another item has some; a day without any order was closed")
                .containsExactly(5, 0, NONE, 7);
        assertThat(data.series().get(1).quantities()).containsExactly(1, NONE, 0);
        assertThat(data.notices())
                .contains("1 periods have more than one row, which are summed; the first: 'a' in DAY 2026-03-02T00:00");
    }

    @Test
    void shouldTakeAMissingTotalForUnknown() throws IOException {
        DemandData data = read(columns(DemandPeriod.DAY, "UTC", Gaps.AUTO), """
                item,time,quantity
                a,2026-03-02,2
                a,2026-03-03,0
                a,2026-03-05,4
                b,2026-03-04,4
                """);

        assertThat(data.series().get(0).quantities()).containsExactly(2, 0, NONE, 4);
        assertThat(data.series().get(1).quantities()).containsExactly(4);
        assertThat(data.notices()).containsExactly("1 periods are unknown: closed, or without a row");
    }

    @Test
    void shouldLetGapsBeNamed() throws IOException {
        String text = """
                item,time,quantity
                a,1,2
                a,4,0
                b,2,1
                """;

        assertThat(read(columns(DemandPeriod.STEP, "UTC", Gaps.ZERO), text)
                        .series()
                        .get(1)
                        .quantities())
                .containsExactly(1, 0, 0);
        assertThat(read(columns(DemandPeriod.STEP, "UTC", Gaps.UNKNOWN), text)
                        .series()
                        .get(0)
                        .quantities())
                .containsExactly(2, NONE, NONE, 0);
    }

    @Test
    void shouldSubtractReturns() throws IOException {
        DemandData data = read(columns(DemandPeriod.STEP, "UTC", Gaps.AUTO), """
                item,time,quantity
                a,1,5
                a,1,-2
                a,2,-1
                """);

        assertThat(data.series().get(0).quantities()).containsExactly(3, -1);
    }

    @Test
    void shouldLeaveOutRowsThatCannotBeReadAndTellWhy() throws IOException {
        DemandData data = read(columns(DemandPeriod.DAY, "UTC", Gaps.AUTO), """
                item;time;quantity
                a;2026-03-02;2
                a;yesterday;2
                a;2026-03-03;many
                a;2026-03-04;1e9
                a;2026-03-05;1,234
                ;2026-03-06;1
                a;9999-03-07;1
                a;2026-03-08;2,5
                a;2026-03-09;
                """);

        assertThat(data.series()).hasSize(1);
        assertThat(data.series().get(0).quantities()[6]).as("a decimal comma").isEqualTo(2.5f);
        assertThat(data.notices())
                .anyMatch(line -> line.contains("line 3 left out: time: time 'yesterday': allowed are ISO 8601"))
                .anyMatch(line -> line.endsWith("line 4 left out: quantity 'many': allowed are numbers"))
                .anyMatch(line ->
                        line.endsWith("line 5 left out: quantity '1e9': allowed are numbers between -10^9 and 10^9"))
                .anyMatch(line -> line.contains("line 6 left out: quantity '1,234': a comma that may be"))
                .anyMatch(line -> line.endsWith("line 7 left out: item is empty: allowed is the name of an item"))
                .anyMatch(line -> line.endsWith("6 of 9 rows are left out"));
    }

    @Test
    void shouldReadDecimalCommasWhereTheyAreNamed() throws IOException {
        var columns = new DemandColumns(
                "item",
                "time",
                "quantity",
                List.of(),
                DemandPeriod.STEP,
                1,
                ZoneId.of("UTC"),
                CsvFormat.of("semicolon", "comma"),
                Gaps.AUTO);

        assertThat(read(columns, "item;time;quantity\na;1;1,234\n")
                        .series()
                        .get(0)
                        .quantities())
                .containsExactly(1.234f);
    }

    @Test
    void shouldReadWhatIsKnownBeyondTheDemand() throws IOException {
        var columns = new DemandColumns("item", "time", "quantity", List.of("promotion"), DemandPeriod.STEP);

        DemandSeries series = read(columns, """
                item,time,quantity,promotion
                a,1,5,0
                a,2,7,1
                a,3,,1
                """).series().get(0);

        assertThat(series.quantities()).containsExactly(5, 7);
        assertThat(series.known()).isDeepEqualTo(new float[][] {{0}, {1}, {1}});
    }

    @Test
    void shouldRefuseFilesThatCannotBeUsed() {
        var columns = columns(DemandPeriod.DAY, "UTC", Gaps.AUTO);

        assertThatThrownBy(() -> read(columns, "item,date,quantity\na,2026-03-02,1\n"))
                .isInstanceOf(UnknownColumnException.class)
                .hasMessageContaining("has no column 'time'; it has");
        assertThatThrownBy(() -> read(columns, "item,time,quantity\na,1st,1\n"))
                .isInstanceOf(TrainingDataException.class)
                .hasMessageContaining("has no row that can be read: ");
        assertThatThrownBy(() -> read(
                        columns(DemandPeriod.HOUR, "UTC", Gaps.AUTO),
                        "item,time,quantity\na,1901-01-01,1\na,2199-01-01,1\n"))
                .hasMessageContaining("allowed are 200000 periods; is a time wrong, or the period too short?");
    }

    private static DemandColumns columns(DemandPeriod period, String zone, Gaps gaps) {
        return new DemandColumns(
                "item", "time", "quantity", List.of(), period, 1, ZoneId.of(zone), CsvFormat.AUTOMATIC, gaps);
    }

    private DemandData read(DemandColumns columns, String text) throws IOException {
        Path file = folder.resolve("orders.csv");
        Files.writeString(file, text);
        return DemandData.read(List.of(file), columns);
    }
}
