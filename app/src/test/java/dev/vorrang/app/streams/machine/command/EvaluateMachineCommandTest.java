package dev.vorrang.app.streams.machine.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.app.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a user calls it, with the models that ship and one that is trained. */
class EvaluateMachineCommandTest {

    private static final String GENERAL = "../models/machine-anomaly/1";
    private static final String TURBOFAN = "../models/turbofan-rul/1";
    private static final String ATTACK = "\"><img src=x onerror=alert(1)></script><script>alert(2)</script>";
    private static final int FIRST_ODD = 800;
    private static final int LAST_ODD = 819;

    @TempDir
    private Path folder;

    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    @Test
    void shouldMeasureAlarmsAgainstAColumn() throws IOException {
        Path data = write("pump.csv", pump("pump", "flow"));

        assertThat(evaluate("--model", GENERAL, "--data", data.toString(), "--target", "anomaly"))
                .as(errors.toString())
                .isZero();

        JsonNode figures = figures();
        assertThat(figures.get("rows").asInt()).isEqualTo(1000);
        assertThat(figures.at("/figures/windows").asInt()).isEqualTo(1);
        assertThat(figures.at("/figures/windowsDetected").asInt()).isEqualTo(1);
        assertThat(figures.at("/figures/meanDelay").asDouble()).isZero();
        assertThat(figures.at("/figures/recall").asDouble()
                        + figures.at("/figures/missedAlarmRate").asDouble())
                .isCloseTo(1, within(1e-9));
        assertThat(figures.at("/figures/falseAlarmRate").asDouble()).isLessThan(0.05);
        double inWindow = figures.at("/confusion/in a true window/alarm").asDouble()
                + figures.at("/confusion/in a true window/no alarm").asDouble();
        assertThat(inWindow).isEqualTo(LAST_ODD - FIRST_ODD + 1);
        assertThat(output.toString()).contains("False-alarm rate").contains("index.html");
        assertThat(page()).contains("pump: flow").contains("<svg");
    }

    @Test
    void shouldCompareAlertsWithBaselinesThatRaiseAsFewFalseOnes() throws IOException {
        Path data = write("pump.csv", pump("pump", "flow").replace(",1\n", ",flow\n"));

        assertThat(evaluate("--model", GENERAL, "--data", data.toString(), "--target", "anomaly"))
                .as(errors.toString())
                .isZero();

        JsonNode alerts = figures().get("alerts");
        assertThat(alerts.fieldNames())
                .toIterable()
                .containsExactly("Vorrang", "standard deviations by state", "EWMA by state", "random cut forest");
        double few = alerts.at("/Vorrang/false alerts").asDouble();
        alerts.properties().forEach(detector -> {
            assertThat(detector.getValue().get("faults").asInt()).isEqualTo(1);
            assertThat(detector.getValue().get("false alerts").asDouble()).isLessThanOrEqualTo(few);
        });
        assertThat(alerts.at("/standard deviations by state/raised").asInt()).isEqualTo(1);
        assertThat(alerts.at("/standard deviations by state/right sensor").asInt())
                .isEqualTo(1);
        assertThat(page()).contains("Alerts beside baselines").contains("pump: alerts");
    }

    @Test
    void shouldRefuseATruthThatIsNeitherNumberNorSensor() throws IOException {
        Path data = write("pump.csv", pump("pump", "flow").replace(",1\n", ",flood\n"));

        assertThat(evaluate("--model", GENERAL, "--data", data.toString(), "--target", "anomaly"))
                .isEqualTo(1);

        assertThat(errors.toString()).contains("'flood'").contains("names of sensors");
    }

    @Test
    void shouldMeasureTheSameAgainstWindows() throws IOException {
        Path data = write("pump.csv", pump("pump", "flow"));
        evaluate("--model", GENERAL, "--data", data.toString(), "--target", "anomaly");
        JsonNode byColumn = figures().get("figures");
        // 800 and 819 minutes after the beginning of the series.
        for (String key : List.of("other/pump.csv\":[], \"pump.csv", "pump")) {
            Path windows =
                    write("windows.json", "{\"" + key + "\": [[\"2026-01-02 13:20:00\", \"2026-01-02 13:39:00\"]]}");

            assertThat(evaluate("--model", GENERAL, "--data", data.toString(), "--windows", windows.toString()))
                    .as(errors.toString())
                    .isZero();

            assertThat(figures().get("figures")).isEqualTo(byColumn);
        }
    }

    @Test
    void shouldTakeTheThresholdThatIsGiven() throws IOException {
        Path data = write("pump.csv", pump("pump", "flow"));

        evaluate("--model", GENERAL, "--data", data.toString(), "--target", "anomaly", "--threshold", "1");

        assertThat(figures().at("/figures/threshold").asDouble()).isEqualTo(1);
        assertThat(figures().at("/figures/recall").asDouble()).isZero();
        assertThat(figures().at("/figures/precision").isNull()).isTrue();
        assertThat(figures().at("/figures/nabScore").asDouble()).isZero();
    }

    @Test
    void shouldMeasureConditions() throws IOException {
        var rows = new StringBuilder("run,second,pressure,noise,state\n");
        var random = new Random(1);
        for (int run = 0; run < 60; run++) {
            boolean leak = run / 6 % 2 == 1;
            for (int second = 0; second < 10; second++) {
                rows.append(String.join(
                                ",",
                                "run" + run,
                                Integer.toString(second),
                                Double.toString((leak ? 5 : 10) + 0.3 * random.nextGaussian()),
                                Double.toString(random.nextGaussian()),
                                leak ? "leak" : "ok"))
                        .append('\n');
            }
        }
        Path data = write("runs.csv", rows.toString());
        Path model = folder.resolve("model");
        assertThat(run(
                        "train",
                        "machine",
                        "--kind",
                        "fault",
                        "--data",
                        data.toString(),
                        "--machine",
                        "run",
                        "--time",
                        "second",
                        "--target",
                        "state",
                        "--window",
                        "10",
                        "--out",
                        model.toString()))
                .as(errors.toString())
                .isZero();

        assertThat(evaluate("--model", model.toString(), "--data", data.toString()))
                .as(errors.toString())
                .isZero();

        JsonNode figures = figures();
        assertThat(figures.at("/figures/verdicts").asInt()).isEqualTo(60);
        assertThat(figures.at("/figures/accuracy").asDouble()).isEqualTo(1);
        assertThat(figures.at("/figures/macroF1").asDouble()).isEqualTo(1);
        assertThat(figures.at("/confusion/leak/leak").asInt()).isEqualTo(30);
        assertThat(figures.at("/conditions/ok/recall").asDouble()).isEqualTo(1);
        assertThat(figures.get("note").asText()).contains("trained on data of this name");
        assertThat(page()).contains("Reliability").contains("<svg");
    }

    @Test
    void shouldMeasureTheRemainingLifeCappedAsInTraining() throws IOException {
        Path data = write("engines.csv", engines("left"));

        assertThat(evaluate("--model", TURBOFAN, "--data", data.toString(), "--target", "left"))
                .as(errors.toString())
                .isZero();

        JsonNode figures = figures();
        assertThat(figures.at("/figures/machines").asInt()).isEqualTo(2);
        assertThat(figures.at("/figures/cap").asInt()).isEqualTo(125);
        // Predictions and capped truths are within 0 and 125, so errors are; a life of 1000 that is not capped makes
        // them larger.
        assertThat(figures.at("/figures/all.rmse").asDouble()).isLessThanOrEqualTo(125);
        assertThat(figures.at("/figures/all.coverage").asDouble()).isBetween(0.0, 1.0);
        assertThat(page()).contains("Predicted over true remaining life").contains("80 % interval");
    }

    @Test
    void shouldShowNamesFromTheDataAsText() throws IOException {
        Path data = write("pump.csv", pump(ATTACK, ATTACK));

        assertThat(evaluate(
                        "--model", GENERAL, "--data", data.toString(), "--machine", "machine", "--target", "anomaly"))
                .as(errors.toString())
                .isZero();

        assertThat(page())
                .contains("&lt;img src=x onerror=alert(1)&gt;")
                .doesNotContain("<img")
                .doesNotContain("<script")
                .doesNotContain("</script");
    }

    @Test
    void shouldNeedNothingFromTheNetwork() throws IOException {
        Path data = write("pump.csv", pump("pump", "flow"));

        evaluate("--model", GENERAL, "--data", data.toString(), "--target", "anomaly");

        assertThat(page().replaceAll("xmlns(:[a-z]+)?=\"http://www\\.w3\\.org/[^\"]*\"", ""))
                .contains("default-src 'none'")
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("@import");
    }

    @Test
    void shouldSayWhatIsMissing() throws IOException {
        Path data = write("pump.csv", pump("pump", "flow"));
        refuses(2, "no truth: name its column with --target", "--model", GENERAL, "--data", data.toString());
        refuses(2, "no column 'odd' for the target; it has [machine,", "--data", data.toString(), "--target", "odd");
        refuses(1, "'pump', allowed are 0, 1 or names of sensors", "--data", data.toString(), "--target", "machine");
        refuses(
                2,
                "no column 'rig' for the machine",
                "--data",
                data.toString(),
                "--machine",
                "rig",
                "--target",
                "anomaly");
        refuses(
                2,
                "no column 'rpm' for the sensor",
                "--data",
                data.toString(),
                "--sensors",
                "rpm",
                "--target",
                "anomaly");
        refuses(1, "has no rows", "--data", write("empty.csv", "").toString(), "--target", "anomaly");
        refuses(2, "there is no such file", "--data", folder.resolve("no.csv").toString(), "--target", "anomaly");
        refuses(
                2,
                "allowed is above 0, at most 1",
                "--data",
                data.toString(),
                "--target",
                "anomaly",
                "--threshold",
                "7");
        Path windows = write("windows.json", "{\"other.csv\": []}");
        refuses(
                1,
                "has neither the data file nor machine 'pump'",
                "--data",
                data.toString(),
                "--windows",
                windows.toString());
        refuses(
                1,
                "is not valid JSON",
                "--data",
                data.toString(),
                "--windows",
                write("w.json", "{").toString());
        refuses(2, "--windows", "--model", TURBOFAN, "--data", data.toString(), "--windows", windows.toString());
        Path engines = write("engines.csv", engines("left").replace(",7\n", ",soon\n"));
        refuses(
                1,
                "'soon', allowed are numbers",
                "--model",
                TURBOFAN,
                "--data",
                engines.toString(),
                "--target",
                "left");
        assertThat(folder.resolve("page")).doesNotExist();
    }

    private void refuses(int code, String message, String... arguments) {
        String[] all = List.of(arguments).contains("--model")
                ? arguments
                : Stream.concat(Stream.of("--model", GENERAL), Stream.of(arguments))
                        .toArray(String[]::new);
        errors.getBuffer().setLength(0);
        assertThat(evaluate(all)).as(errors.toString()).isEqualTo(code);
        assertThat(errors.toString()).contains(message);
    }

    /** A minute a row from 2026-01-02 on; a signal with noise, and a jump that lasts 20 rows. */
    private static String pump(String machine, String sensor) {
        var random = new Random(1);
        var rows = new StringBuilder("machine,timestamp," + quoted(sensor) + ",anomaly\n");
        for (int row = 0; row < 1000; row++) {
            boolean odd = row >= FIRST_ODD && row <= LAST_ODD;
            rows.append(quoted(machine))
                    .append(String.format(",2026-01-02 %02d:%02d:00,", row / 60, row % 60))
                    .append((odd ? 60 : 20) + random.nextGaussian())
                    .append(odd ? ",1\n" : ",0\n");
        }
        return rows.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    /** Two machines that are as new all their life, which at first is longer than the cap. */
    private static String engines(String target) {
        var rows = new StringBuilder("machine,cycle,setting_1,setting_2,setting_3");
        for (int sensor = 1; sensor <= 21; sensor++) {
            rows.append(",sensor_").append(sensor);
        }
        rows.append(',').append(target).append('\n');
        for (int machine = 0; machine < 2; machine++) {
            for (int cycle = 0; cycle < 60; cycle++) {
                rows.append(machine)
                        .append(',')
                        .append(cycle)
                        .append(",0,0,100")
                        .append(",1".repeat(21))
                        .append(',')
                        .append(cycle < 30 ? 1000 : 59 - cycle)
                        .append('\n');
            }
        }
        return rows.toString();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private int evaluate(String... arguments) {
        return run(Stream.of(
                        Stream.of("evaluate", "machine"),
                        Stream.of(arguments),
                        Stream.of(
                                "--report",
                                folder.resolve("page").toString(),
                                "--json",
                                folder.resolve("figures.json").toString()))
                .flatMap(part -> part)
                .toArray(String[]::new));
    }

    private int run(String... arguments) {
        return Main.commandLine()
                .setOut(new PrintWriter(output, true))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments);
    }

    private JsonNode figures() throws IOException {
        return new ObjectMapper().readTree(folder.resolve("figures.json").toFile());
    }

    private String page() throws IOException {
        return Files.readString(folder.resolve("page").resolve("index.html"));
    }
}
