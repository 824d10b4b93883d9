package dev.vorrang.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vorrang.app.streams.machine.command.ScoreMachineCommand;
import dev.vorrang.schemas.MachineScore;
import dev.vorrang.schemas.MachineStatus;
import dev.vorrang.schemas.Topics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code vorrang run} with files of the kinds that plants have, and {@code vorrang score machine} with the same ones. */
class RunFilesTest {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final int ROWS = 90;
    private static final int BAD_ROWS = 3;

    @TempDir
    Path folder;

    @Test
    void shouldScoreFilesLikeScoreMachineAndTellOfTheirDeadLetters() throws Exception {
        Path exports = Files.createDirectory(folder.resolve("exports"));
        List<Path> files = List.of(
                write(exports.resolve("german.csv"), ";", "%s,5", "Bad"),
                write(exports.resolve("text.csv"), ",", "%s.5 °C", "RUN"),
                write(exports.resolve("quoted.csv"), ",", "\"%s,5\"", "--"));
        try (var run =
                VorrangProcess.start(folder, "run", "--config", config(exports).toString())) {
            await().atMost(LIMIT).until(() -> run.err().contains("ready") || !run.runs());
            var metrics = run.told("metrics +(http://\\S+)");
            assertThat(run.told("scoring +(machine, \\w+ \\w+)")).isEqualTo("machine, exactly once");
            await().atMost(LIMIT).untilAsserted(() -> assertThat(run.err())
                    .contains("270 readings scored, " + BAD_ROWS * files.size() + " dead letters"));

            assertThat(get(metrics)).contains("vorrang_dead_letters_total{stage=\"DECODE\",stream=\"machine\"} 9");
            var topics = new Topics("");
            assertThat(TopicReader.all(folder.resolve("data"), topics.machineDeadLetters()))
                    .hasSize(BAD_ROWS * files.size());
            List<MachineScore> scores = TopicReader.all(folder.resolve("data"), topics.machineScored());
            assertThat(scores).noneMatch(score -> score.getStatus() == MachineStatus.LATE);
            assertThat(scores).extracting(MachineScore::getTime).contains(Instant.parse("2025-10-26T01:14:00Z"));
            for (Path file : files) {
                String machine = file.getFileName().toString().replace(".csv", "");
                assertThat(scores.stream()
                                .filter(score -> score.getMachine().equals(machine))
                                .map(score -> score.getStatus() + " " + score.getAnomaly() + " " + score.getNotes()))
                        .as(machine)
                        .containsExactlyElementsOf(scoredFromFile(file));
            }
            run.signal("TERM");
            assertThat(run.exitCode(Duration.ofSeconds(30))).isEqualTo(143);
        }
    }

    private List<String> scoredFromFile(Path file) throws IOException {
        Path out = folder.resolve("scores.jsonl");
        assertThat(new CommandLine(new ScoreMachineCommand(path -> {
                            throw new AssertionError(path);
                        }))
                        .execute(
                                "--in",
                                file.toString(),
                                "--out",
                                out.toString(),
                                "--model",
                                Path.of("../models/machine-anomaly/1").toString(),
                                "--time-zone",
                                BERLIN.getId()))
                .isZero();
        var lines = new ArrayList<String>();
        for (String line : Files.readAllLines(out)) {
            var score = new ObjectMapper().readTree(line);
            var notes = new ArrayList<String>();
            score.path("notes").forEach(note -> notes.add(note.asText()));
            var anomaly = score.get("anomaly");
            lines.add(score.get("status").asText() + " " + (anomaly.isNull() ? null : anomaly.doubleValue()) + " "
                    + notes);
        }
        return lines;
    }

    /** An hour and a half of local times to the end of summer time, and some rows that are no readings. */
    private static Path write(Path file, String separator, String number, String text) throws IOException {
        var rows = new StringBuilder(String.join(separator, "time", "temp", "load", "state\n"));
        for (int row = 0; row < ROWS; row++) {
            Instant time = Instant.parse("2025-10-25T23:45:00Z").plusSeconds(60L * row);
            String value = number.formatted(20 + row * 7 % 5);
            String first = row == 0 ? text : value;
            rows.append(String.join(
                    separator,
                    LocalDateTime.ofInstant(time, BERLIN).toString().replace('T', ' '),
                    first,
                    value,
                    row % 40 == 30 ? text : row % 2 == 0 ? "" : "1"));
            rows.append('\n');
            if (row % 40 == 5) {
                rows.append("never").append(separator).append("1\n");
            }
        }
        return Files.writeString(file, rows);
    }

    private static String get(String url) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8))
                .body();
    }

    private Path config(Path exports) throws IOException {
        return Files.writeString(folder.resolve("vorrang.yaml"), """
                data: %s
                kafka: {port: 0}
                registry: {port: 0}
                metrics: {port: 0}
                console: {port: 0}
                ingest:
                  machines:
                    - name: exports
                      connector: files
                      settings:
                        file.folder: %s
                        payload.csv.time: time
                        payload.time.zone: Europe/Berlin
                """.formatted(folder.resolve("data"), exports));
    }
}
