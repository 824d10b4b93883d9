package dev.vorrang.app.streams.demand.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.app.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a user calls them, with the model that ships and one that is trained. */
class DemandCommandsTest {

    private static final String GENERAL = "../models/demand/1";
    private static final String ATTACK = "<img src=x onerror=alert(1)>";
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);
    private static final String HEADER = "item,day,sold\n";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WRONG_USAGE = 2;

    @TempDir
    private Path folder;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void shouldForecastEachPeriodFromAllBeforeIt() throws IOException {
        Path history = write("history.csv", days(0, 60));
        Path later = write("later.csv", days(60, 64));

        List<JsonNode> lines = rolling(history, later);

        assertThat(lines).hasSize(8);
        assertThat(lines).extracting(line -> line.get("target").asText()).isSorted();
        JsonNode first = lines.get(0);
        assertThat(first.get("item").asText()).isEqualTo("a");
        assertThat(first.get("origin").asText()).isEqualTo(FIRST.plusDays(60).toString());
        assertThat(first.get("target").asText()).isEqualTo(FIRST.plusDays(60).toString());
        assertThat(first.get("step").asInt()).isEqualTo(1);
        var quantiles = new ArrayList<Double>();
        first.get("quantiles").forEach(value -> quantiles.add(value.asDouble()));
        assertThat(quantiles).isSorted().allMatch(value -> value >= 0);
        assertThat(first.get("mean").asDouble()).isBetween(quantiles.get(0), quantiles.get(quantiles.size() - 1));
    }

    @Test
    void shouldNotSeeWhatComesLater() throws IOException {
        Path history = write("history.csv", days(0, 60));
        List<JsonNode> before = rolling(history, write("later.csv", days(60, 64)));
        String surge = days(60, 62) + "a," + FIRST.plusDays(62) + ",900\nb," + FIRST.plusDays(63) + ",900\n";

        List<JsonNode> after = rolling(history, write("later.csv", surge));

        assertThat(after.subList(0, 4)).isEqualTo(before.subList(0, 4));
    }

    @Test
    void shouldTellTheAlertsThatTheStreamWouldRaise() throws IOException {
        Path history = write("history.csv", days(0, 60));
        Path later = write("later.csv", days(60, 63) + "a," + FIRST.plusDays(63) + ",400\n" + days(64, 70));
        Path alerts = folder.resolve("alerts.jsonl");

        rolling(history, later, "--alerts", alerts.toString());

        List<JsonNode> changes = new ArrayList<>();
        for (String line : Files.readAllLines(alerts)) {
            changes.add(JSON.readTree(line));
        }
        assertThat(changes)
                .filteredOn(change -> change.get("kind").asText().equals("SURGE"))
                .extracting(change -> change.get("item").asText()
                        + " " + change.get("state").asText() + " "
                        + change.get("time").asText())
                .startsWith("a RAISED " + FIRST.plusDays(63));
        assertThat(output.toString()).contains("alerts raised in", "periods of 2 items");
        assertThat(onSold("score", "day", "--history", history.toString(), "--out", out(), "--alerts", out()))
                .isEqualTo(WRONG_USAGE);
        assertThat(errors.toString()).contains("--alerts: allowed with --rolling");
    }

    @Test
    void shouldForecastOnwardFromTheEnd() throws IOException {
        Path history = write("steps.csv", "item,step,sold\na,1,4\na,2,6\na,3,5\nb,3,2\n");

        assertThat(onSold(
                        "score",
                        "step",
                        "--model",
                        GENERAL,
                        "--history",
                        history.toString(),
                        "--horizon",
                        "3",
                        "--out",
                        out()))
                .as(errors.toString())
                .isZero();

        List<JsonNode> lines = lines();
        assertThat(lines).hasSize(6);
        assertThat(lines).extracting(line -> line.get("target").asInt()).containsExactly(4, 5, 6, 4, 5, 6);
        assertThat(lines).extracting(line -> line.get("step").asInt()).containsExactly(1, 2, 3, 1, 2, 3);
    }

    @Test
    void shouldMeasureBesideSimpleForecasts() throws IOException {
        Path history = write("shop.csv", days(0, 90) + "\"" + ATTACK + "\"," + FIRST.plusDays(80) + ",3\n");

        assertThat(onSold(
                        "evaluate",
                        "day",
                        "--model",
                        GENERAL,
                        "--history",
                        history.toString(),
                        "--horizon",
                        "7",
                        "--last",
                        "28",
                        "--json",
                        folder.resolve("figures.json").toString(),
                        "--report",
                        folder.resolve("page").toString()))
                .as(errors.toString())
                .isZero();

        JsonNode figures = JSON.readTree(folder.resolve("figures.json").toFile());
        assertThat(figures.at("/figures/wape").asDouble())
                .isLessThan(figures.at("/forecasts/seasonal naive/WAPE").asDouble());
        assertThat(figures.at("/figures/coverage").asDouble()).isBetween(0.5, 1.0);
        String page = Files.readString(folder.resolve("page/index.html"));
        assertThat(page).contains("Item a: ").contains("<svg").doesNotContain(ATTACK);
    }

    @Test
    void shouldUseAModelThatWasTrainedWithoutNamingItsColumns() throws IOException {
        Path history = write("history.csv", days(0, 60));
        Path later = write("later.csv", days(60, 63));
        String model = folder.resolve("model").toString();

        assertThat(onSold(
                        "train", "day", "--data", history.toString(), "--horizon", "2", "--steps", "5", "--out", model))
                .as(errors.toString())
                .isZero();
        assertThat(output.toString()).contains("Model demand version 1").contains("WAPE");
        assertThat(run(
                        "score",
                        "demand",
                        "--model",
                        model,
                        "--history",
                        history.toString(),
                        "--in",
                        later.toString(),
                        "--rolling",
                        "--out",
                        out()))
                .as(errors.toString())
                .isZero();

        assertThat(lines()).hasSize(2 * 3 * 2);
        assertThat(run(
                        "score",
                        "demand",
                        "--model",
                        model,
                        "--history",
                        history.toString(),
                        "--horizon",
                        "3",
                        "--out",
                        out()))
                .isNotZero();
        assertThat(errors.toString()).contains("allowed is a shorter horizon");
    }

    @Test
    void shouldTellOfRowsThatAreLeftOut() throws IOException {
        Path history = write("history.csv", days(0, 30) + "a,someday,3\na," + FIRST.plusDays(31) + ",lots\n");

        assertThat(onSold(
                        "score",
                        "day",
                        "--model",
                        GENERAL,
                        "--history",
                        history.toString(),
                        "--horizon",
                        "1",
                        "--out",
                        out()))
                .isZero();

        assertThat(errors.toString())
                .contains("line 62 left out: day: time 'someday'")
                .contains("line 63 left out: sold 'lots': allowed are numbers");
    }

    @Test
    void shouldRefuseWhatCannotBe() throws IOException {
        String history = write("history.csv", days(0, 30)).toString();

        assertRefused("--rolling: name the periods", "--history", history, "--rolling");
        assertRefused("--history: name the file to forecast from", "--in", history);
        assertRefused("--item: name the column", "--history", history, "--horizon", "1");
        assertRefused("no column 'when'", columns(history, "when"));
        assertRefused("--period '1m': allowed are 1h, 1d, 1w", columns(history, "day", "--period", "1m"));
        assertRefused("--gaps 'none': allowed are auto, zero and unknown", columns(history, "day", "--gaps", "none"));
        assertRefused("--time-zone 'Mars'", columns(history, "day", "--time-zone", "Mars"));
        assertRefused("'horizon' is '0', allowed: 1 to", columns(history, "day", "--horizon", "0"));
    }

    private static String[] columns(String history, String time, String... more) {
        var arguments =
                new ArrayList<>(List.of("--history", history, "--item", "item", "--time", time, "--quantity", "sold"));
        arguments.addAll(List.of(more));
        if (!arguments.contains("--horizon")) {
            arguments.addAll(List.of("--horizon", "1"));
        }
        return arguments.toArray(String[]::new);
    }

    private void assertRefused(String message, String... options) {
        errors.getBuffer().setLength(0);
        var arguments = new ArrayList<>(List.of("score", "demand", "--model", GENERAL, "--out", out()));
        arguments.addAll(List.of(options));
        assertThat(run(arguments.toArray(String[]::new))).isEqualTo(WRONG_USAGE);
        assertThat(errors.toString()).contains(message);
    }

    private List<JsonNode> rolling(Path history, Path later, String... more) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "--model",
                GENERAL,
                "--history",
                history.toString(),
                "--in",
                later.toString(),
                "--rolling",
                "--out",
                out()));
        arguments.addAll(List.of(more));
        assertThat(onSold("score", "day", arguments.toArray(String[]::new)))
                .as(errors.toString())
                .isZero();
        return lines();
    }

    /** Runs a command of demand on columns item, a time and sold. */
    private int onSold(String command, String time, String... more) {
        var arguments =
                new ArrayList<>(List.of(command, "demand", "--item", "item", "--time", time, "--quantity", "sold"));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
    }

    private String out() {
        return folder.resolve("forecasts.jsonl").toString();
    }

    private List<JsonNode> lines() throws IOException {
        var lines = new ArrayList<JsonNode>();
        for (String line : Files.readAllLines(folder.resolve("forecasts.jsonl"))) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    private Path write(String name, String rows) throws IOException {
        return Files.writeString(folder.resolve(name), rows.startsWith("item") ? rows : HEADER + rows);
    }

    /** Totals of two items, which sell more on Saturdays. */
    private static String days(int from, int to) {
        var rows = new StringBuilder();
        for (int day = from; day < to; day++) {
            var random = new Random(day);
            rows.append("a,%s,%d\n".formatted(FIRST.plusDays(day), (day % 7 == 5 ? 30 : 10) + random.nextInt(5)));
            rows.append("b,%s,%d\n".formatted(FIRST.plusDays(day), random.nextInt(3)));
        }
        return rows.toString();
    }
}
